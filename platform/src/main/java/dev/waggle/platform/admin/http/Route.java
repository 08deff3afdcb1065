package dev.waggle.platform.admin.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// One method on one path. `template` is the path with `{names}` for single segments; it also names the route in
/// metrics and in the API document.
///
/// @param query every query parameter that may be given
/// @param forms media types that it can answer with, the preferred one first
/// @param open true when no key is needed
/// @param answerMax above everything that the route waits for itself
public record Route(
        String method,
        String template,
        Set<String> query,
        List<String> forms,
        boolean open,
        Duration answerMax,
        Handler handler) {
    private static final List<String> JSON = List.of("application/json");
    private static final Duration ANSWER_MAX = Duration.ofSeconds(100);

    /// Answers, or fails with a [ProblemException] or anything that the gate knows.
    @FunctionalInterface
    public interface Handler {
        CompletionStage<HttpResponse> answer(Call call);
    }

    public Route {
        query = Set.copyOf(query);
        forms = List.copyOf(forms);
    }

    public static Route get(String template, Handler handler) {
        return new Route("GET", template, Set.of(), JSON, false, ANSWER_MAX, handler);
    }

    public static Route put(String template, Handler handler) {
        return new Route("PUT", template, Set.of(), JSON, false, ANSWER_MAX, handler);
    }

    public static Route patch(String template, Handler handler) {
        return new Route("PATCH", template, Set.of(), JSON, false, ANSWER_MAX, handler);
    }

    public static Route post(String template, Handler handler) {
        return new Route("POST", template, Set.of(), JSON, false, ANSWER_MAX, handler);
    }

    public static Route delete(String template, Handler handler) {
        return new Route("DELETE", template, Set.of(), JSON, false, ANSWER_MAX, handler);
    }

    public Route query(String... names) {
        return new Route(method, template, Set.of(names), forms, open, answerMax, handler);
    }

    public Route forms(String... types) {
        return new Route(method, template, query, List.of(types), open, answerMax, handler);
    }

    public Route withoutKey() {
        return new Route(method, template, query, forms, true, answerMax, handler);
    }

    /// For what moves files.
    public Route within(Duration most) {
        return new Route(method, template, query, forms, open, most, handler);
    }
}
