package dev.waggle.transport.netty;

import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpExchange;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Heads of requests and answers, and where a redirect leads.
final class HttpHeads {
    /// What the connection decides, whatever the caller says.
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "te", "trailer");

    /// For the host that they were meant for, nobody else.
    private static final Set<String> SECRETS = Set.of("authorization", "cookie", "proxy-authorization");

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private HttpHeads() {}

    static HttpRequest request(HttpCall call) {
        URI uri = call.uri();
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method()), target);
        HttpHeaders headers = request.headers();
        call.headers().forEach((name, value) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.add(name, value);
            }
        });
        boolean usual = uri.getPort() < 0 || uri.getPort() == (call.secure() ? 443 : 80);
        headers.set(HttpHeaderNames.HOST, usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort());
        if (call.body().length() > 0 || Set.of("POST", "PUT", "PATCH").contains(call.method())) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, call.body().length());
        }
        return request;
    }

    static Map<String, List<String>> headers(HttpResponse response) {
        Map<String, List<String>> all = new HashMap<>();
        response.headers()
                .forEach(header -> all.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(header.getValue()));
        all.replaceAll((_, values) -> List.copyOf(values));
        return all;
    }

    /// The call that an answer redirects to; empty when it is no redirect, or one that is not followed: from https
    /// to http, to no http address, or nowhere.
    static Optional<HttpCall> redirect(HttpCall call, HttpExchange answer) {
        if (!REDIRECTS.contains(answer.status())) {
            return Optional.empty();
        }
        URI to;
        try {
            to = call.uri().resolve(URI.create(answer.header("location").orElseThrow()));
        } catch (IllegalArgumentException | java.util.NoSuchElementException _) {
            return Optional.empty();
        }
        boolean followed = to.getHost() != null
                && ("https".equals(to.getScheme()) || ("http".equals(to.getScheme()) && !call.secure()));
        return followed ? Optional.of(to(call, to, answer.status())) : Optional.empty();
    }

    private static HttpCall to(HttpCall call, URI to, int status) {
        boolean keeps =
                status >= 307 || call.method().equals("HEAD") || call.method().equals("GET");
        boolean get = !keeps && (status == 303 || call.method().equals("POST"));
        HttpCall next = new HttpCall(
                get ? "GET" : call.method(),
                to,
                call.headers(),
                get ? HttpBody.NONE : call.body(),
                call.egress(),
                call.guard(),
                call.limits());
        boolean same = call.uri().getHost().equalsIgnoreCase(to.getHost())
                && call.port() == next.port()
                && call.secure() == next.secure();
        Map<String, String> kept = new HashMap<>(call.headers());
        kept.keySet().removeIf(name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return (!same && SECRETS.contains(lower)) || (get && lower.startsWith("content-"));
        });
        return new HttpCall(next.method(), to, kept, next.body(), next.egress(), next.guard(), next.limits());
    }
}
