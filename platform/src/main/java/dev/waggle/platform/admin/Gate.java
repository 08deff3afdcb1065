package dev.waggle.platform.admin;

import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.ProblemException;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.RouteTable;
import dev.waggle.transport.runtime.TaskRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every request passes here: key, route, answer or problem, request id, log line, timer.
final class Gate {
    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final Duration REFUSAL_MAX = Duration.ofSeconds(100);

    private final RouteTable table;
    private final ApiKeys keys;
    private final Call.BodyLimits limits;
    private final Materializer materializer;
    private final MeterRegistry meters;
    private final TaskRuntime runtime;
    private final String idPrefix;
    private final AtomicLong requests = new AtomicLong();

    /// @param idPrefix tells this process's request ids from others'
    Gate(
            RouteTable table,
            ApiKeys keys,
            Call.BodyLimits limits,
            Materializer materializer,
            MeterRegistry meters,
            TaskRuntime runtime,
            String idPrefix) {
        this.table = table;
        this.keys = keys;
        this.limits = limits;
        this.materializer = materializer;
        this.meters = meters;
        this.runtime = runtime;
        this.idPrefix = idPrefix;
    }

    CompletionStage<HttpResponse> answer(HttpRequest request) {
        long began = System.nanoTime();
        String path = request.getUri().asScala().path().toString();
        String method = request.method().value();
        String id = requestId(request);
        Optional<RouteTable.Match> match = Optional.empty();
        CompletionStage<HttpResponse> answered;
        try {
            RouteTable.Match found = table.find(method, path);
            match = Optional.of(found);
            answered = found.route().open() ? routed(request, found) : behindKey(request, () -> routed(request, found));
        } catch (ProblemException e) {
            answered = behindKey(request, () -> CompletableFuture.failedStage(e));
        }
        String template = match.map(found -> found.route().template()).orElse("none");
        Duration most = match.map(found -> found.route().answerMax()).orElse(REFUSAL_MAX);
        return runtime.within(most, answered)
                .exceptionally(failure -> problem(failure, path, id))
                .thenApply(response -> {
                    long took = System.nanoTime() - began;
                    int status = response.status().intValue();
                    timer(method, template, status).record(took, TimeUnit.NANOSECONDS);
                    log.debug("{} {} {} {} ms {}", method, path, status, took / 1_000_000, id);
                    return Replies.with(Replies.with(response, "X-Request-Id", id), "Cache-Control", "no-store");
                });
    }

    private Timer timer(String method, String template, int status) {
        return Timer.builder("waggle.http.requests")
                .description("Requests of the admin API")
                .tags("method", method, "route", template, "status", Integer.toString(status))
                .register(meters);
    }

    /// The client's own id when it is one, so that its log and ours can be laid side by side.
    private String requestId(HttpRequest request) {
        return request.getHeader("X-Request-Id")
                .map(HttpHeader::value)
                .filter(value -> value.matches("[A-Za-z0-9._-]{1,64}"))
                .orElseGet(() -> idPrefix + requests.incrementAndGet());
    }

    @FunctionalInterface
    private interface Next {
        CompletionStage<HttpResponse> go();
    }

    private CompletionStage<HttpResponse> behindKey(HttpRequest request, Next next) {
        return keys.check(request.getHeader("Authorization").map(HttpHeader::value))
                .thenCompose(_ -> next.go());
    }

    private CompletionStage<HttpResponse> routed(HttpRequest request, RouteTable.Match match) {
        try {
            return match.route().handler().answer(Call.of(request, match, limits, materializer));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static HttpResponse problem(Throwable failure, String path, String id) {
        ProblemException problem = Failures.of(failure);
        if (problem.problem() == Problem.INTERNAL_ERROR) {
            log.error("request {} failed", id, Failures.cause(failure));
        }
        return Replies.problem(problem, path, id);
    }
}
