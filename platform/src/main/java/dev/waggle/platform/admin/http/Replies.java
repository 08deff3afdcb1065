package dev.waggle.platform.admin.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/// Responses in the API's forms.
public final class Replies {
    private static final ContentType PROBLEM = ContentTypes.parse("application/problem+json");
    private static final String RETRY_AFTER_SECONDS = "1";

    private Replies() {}

    public static HttpResponse json(int status, JsonNode node) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(node)));
    }

    public static HttpResponse bytes(String type, ByteString bytes) {
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.parse(type), bytes));
    }

    public static HttpResponse nothing() {
        return HttpResponse.create().withStatus(204);
    }

    public static HttpResponse with(HttpResponse response, String header, String value) {
        return response.addHeader(RawHeader.create(header, value));
    }

    /// @param instance the path that was asked for
    public static HttpResponse problem(ProblemException failed, String instance, String requestId) {
        Problem problem = failed.problem();
        HttpResponse response = HttpResponse.create()
                .withStatus(problem.status())
                .withEntity(HttpEntities.create(PROBLEM, Json.bytes(body(failed, instance, requestId))));
        Map<String, String> headers = new LinkedHashMap<>(failed.headers());
        if (problem.retryable() && problem.status() >= 500) {
            headers.putIfAbsent("Retry-After", RETRY_AFTER_SECONDS);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            response = with(response, header.getKey(), header.getValue());
        }
        return response;
    }

    static ObjectNode body(ProblemException failed, String instance, String requestId) {
        Problem problem = failed.problem();
        ObjectNode body = Json.object()
                .put("type", problem.type())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", failed.getMessage())
                .put("instance", instance)
                .put("code", problem.code())
                .put("retryable", problem.retryable());
        if (problem.waCode() != 0) {
            body.put("waCode", problem.waCode());
        }
        failed.members().forEach(body::putPOJO);
        return body.put("requestId", requestId);
    }
}
