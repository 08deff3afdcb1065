package dev.waggle.platform.admin.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// Ends a request with a [Problem]. Its message is the problem's detail; `more` are members and headers that only
/// some problems have.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    ProblemException(Problem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /// @param value a string, a number or a boolean
    public ProblemException with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    public ProblemException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Map<String, Object> members() {
        return members;
    }

    Map<String, String> headers() {
        return headers;
    }
}
