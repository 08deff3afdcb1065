package dev.waggle.simulator.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.waggle.address.Jid;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.server.HttpQuestion;
import dev.waggle.simulator.server.HttpReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Arms and disarms faults.
final class FaultRoutes {
    private final Exchange exchange;

    FaultRoutes(Exchange exchange) {
        this.exchange = exchange;
    }

    HttpReply route(HttpQuestion question, List<String> path) throws JsonProcessingException {
        return switch (question.method() + ' ' + path.size()) {
            case "POST 1" -> AdminRoutes.json(201, Map.of("id", exchange.arm(fault(JsonBody.read(question.body())))));
            case "GET 1" -> AdminRoutes.json(200, Map.of("faults", armed()));
            case "DELETE 1" -> {
                exchange.disarmAll();
                yield AdminRoutes.nothing();
            }
            case "DELETE 2" -> disarm(path.get(1));
            default -> throw AdminRoutes.notFound(question);
        };
    }

    private HttpReply disarm(String text) {
        int id;
        try {
            id = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.field("fault", text, "a number");
        }
        if (!exchange.disarm(id)) {
            throw new Problem(404, "unknown-fault", "fault: " + text + " (expected: an armed one)");
        }
        return AdminRoutes.nothing();
    }

    private static Fault fault(JsonBody body) {
        return new Fault(
                kind(body.text("kind", 32)),
                body.optionalText("target", 128).map(FaultRoutes::target),
                body.number("count", 0),
                body.number("ms", 0),
                body.number("code", 0),
                body.number("after", 0));
    }

    private static Jid target(String text) {
        return text.contains("@") ? Jid.parse(text) : Jid.pn(text.startsWith("+") ? text.substring(1) : text);
    }

    private static Fault.Kind kind(String text) {
        return Arrays.stream(Fault.Kind.values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.field(
                        "kind",
                        text,
                        Arrays.stream(Fault.Kind.values()).map(Fault.Kind::text).collect(Collectors.joining(", "))));
    }

    private List<Map<String, Object>> armed() {
        List<Map<String, Object>> all = new ArrayList<>();
        exchange.faults().armed().forEach((id, fault) -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("id", id);
            shown.put("kind", fault.kind().text());
            fault.target().ifPresent(target -> shown.put("target", target.toString()));
            shown.put("count", fault.count());
            shown.put("ms", fault.ms());
            shown.put("code", fault.code());
            shown.put("after", fault.after());
            all.add(shown);
        });
        return all;
    }
}
