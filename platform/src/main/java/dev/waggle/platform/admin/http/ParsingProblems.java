package dev.waggle.platform.admin.http;

import java.util.Map;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/// What is no request at all is answered as a [Problem] too. Found by name in the server's settings, which look for
/// an object's `MODULE$`.
public final class ParsingProblems extends ParsingErrorHandler {
    @SuppressWarnings("MemberName")
    public static final ParsingProblems MODULE$ = new ParsingProblems();

    private static final Map<Integer, Problem> BY_STATUS = Map.of(
            413, Problem.BODY_TOO_LARGE,
            414, Problem.URI_TOO_LONG,
            431, Problem.HEADERS_TOO_LARGE,
            501, Problem.METHOD_UNKNOWN);

    private ParsingProblems() {}

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        Problem problem = BY_STATUS.getOrDefault(status.intValue(), Problem.MALFORMED_REQUEST);
        return Replies.problem(problem.because(Shown.of(info.summary())), "", "");
    }
}
