package dev.waggle.simulator.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.waggle.address.AddressException;
import dev.waggle.address.Bytes;
import dev.waggle.simulator.exchange.ContactException;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.exchange.PhoneException;
import dev.waggle.simulator.server.HttpQuestion;
import dev.waggle.simulator.server.HttpReply;
import dev.waggle.simulator.server.HttpService;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Finds the route of a request and answers on the exchange's thread. Routes, all under `/admin`:
///
/// | Route | Body and answer |
/// |---|---|
/// | `POST mock-phone/scan-qr` | body = QR text → the user `{pn, lid, pushName}` |
/// | `POST mock-phone/enter-code` | `{phone, code}` → the user |
/// | `POST contacts` | `{name}` → 201 `{pn, lid, …}` |
/// | `POST contacts/{pn}/messages` | `{to, text}`, or `{to, file: {type, mimetype, bytes (base64) or size,
/// caption?, fileName?, thumbnailSize?}}`; `to` = phone number or JID → 202 `{id}` |
/// | `GET contacts/{pn}/messages?after=` | → `{messages: […]}` by rising `sequence` |
/// | `POST contacts/{pn}/receipts` | `{id, type: read|played}` → 204 |
/// | `POST groups` | `{subject, participants: […]}`, the first is the creator → 201 `{id, …}` |
/// | `POST groups/{id}/participants` | `{change: add|remove|promote|demote, participants, by?}` → the group |
/// | `GET users` | → `{users: […]}` with devices, whether they are online, how many stanzas wait |
/// | `DELETE users/{pn}/devices/{n}` | unlinks a device, as from the phone → 204 |
/// | `POST faults` | see [dev.waggle.simulator.fault.Fault] → 201 `{id}`; `DELETE faults[/{id}]` → 204; `GET
/// faults` |
/// | `GET report` | → [dev.waggle.simulator.report.Report.Snapshot] |
/// | `GET attendance` | → [dev.waggle.simulator.report.Attendance.Picture] |
/// | `GET ca.pem` | the certificate authority of the TLS port |
public final class AdminRoutes implements HttpService {
    private static final String ROOT = "/admin/";

    private final Exchange exchange;
    private final Supplier<String> authorityPem;
    private final PeopleRoutes people;
    private final FaultRoutes faults;

    public AdminRoutes(Exchange exchange, Supplier<String> authorityPem) {
        this.exchange = exchange;
        this.authorityPem = authorityPem;
        this.people = new PeopleRoutes(exchange);
        this.faults = new FaultRoutes(exchange);
    }

    @Override
    public CompletionStage<HttpReply> answer(HttpQuestion question) {
        return exchange.ask(() -> route(question)).exceptionally(AdminRoutes::problem);
    }

    private HttpReply route(HttpQuestion question) throws JsonProcessingException {
        if (!question.path().startsWith(ROOT)) {
            throw notFound(question);
        }
        List<String> path =
                Arrays.asList(question.path().substring(ROOT.length()).split("/", -1));
        return switch (path.getFirst()) {
            case "mock-phone", "contacts", "groups", "users" -> people.route(question, path);
            case "faults" -> faults.route(question, path);
            case "report" -> json(200, exchange.report().snapshot());
            case "attendance" ->
                json(
                        200,
                        exchange.report().attendance().picture(exchange.clock().millis()));
            case "ca.pem" -> new HttpReply(200, "application/x-pem-file", Bytes.utf8(authorityPem.get()));
            default -> throw notFound(question);
        };
    }

    static Problem notFound(HttpQuestion question) {
        return new Problem(404, "not-found", question.method() + ' ' + question.path() + " (expected: a route)");
    }

    static HttpReply json(int status, Object value) throws JsonProcessingException {
        return new HttpReply(status, "application/json", Bytes.wrap(JsonBody.MAPPER.writeValueAsBytes(value)));
    }

    static HttpReply nothing() {
        return new HttpReply(204, "application/json", Bytes.EMPTY);
    }

    private static HttpReply problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case Problem problem -> problem(problem.status(), problem.code(), problem);
            case PhoneException phone -> problem(409, "phone-refused", phone);
            case ContactException contact -> problem(409, "contact-refused", contact);
            case AddressException address -> problem(400, "invalid-address", address);
            case IllegalArgumentException argument -> problem(400, "invalid-field", argument);
            case IllegalStateException full -> problem(503, "limit-reached", full);
            default -> problem(500, "internal", cause);
        };
    }

    private static HttpReply problem(int status, String code, Throwable cause) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", code);
        body.put("status", status);
        body.put("code", code);
        body.put("detail", String.valueOf(cause.getMessage()));
        try {
            return new HttpReply(
                    status, "application/problem+json", Bytes.wrap(JsonBody.MAPPER.writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            return new HttpReply(500, "text/plain", Bytes.utf8(code));
        }
    }
}
