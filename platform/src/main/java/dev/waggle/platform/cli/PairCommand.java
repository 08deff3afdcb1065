package dev.waggle.platform.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waggle pair`: shows each code until the phone agreed.
@Command(
        name = "pair",
        mixinStandardHelpOptions = true,
        description = "Links an account to a phone: shows a QR code to scan, or with --phone a code to enter there.")
public final class PairCommand implements Callable<Integer> {
    @Mixin
    private NodeOption node = new NodeOption();

    @Parameters(paramLabel = "ACCOUNT")
    private String account = "";

    @Option(names = "--phone", paramLabel = "NUMBER", description = "The phone's number: pair by code.")
    private @Nullable String phone;

    @Override
    public Integer call() {
        return node.with(this::pair);
    }

    private int pair(Api api) {
        ObjectNode body = Api.JSON.createObjectNode().put("method", phone == null ? "qr" : "code");
        if (phone != null) {
            body.put("phone", phone);
        }
        String pairings = "/v1/accounts/" + Api.segment(account) + "/pairings";
        String pairing = pairings + "/"
                + Api.segment(api.call("POST", pairings, body).path("id").asText());
        try (Stream<JsonNode> changes = api.follow(pairing + "/events")) {
            for (Iterator<JsonNode> each = changes.iterator(); each.hasNext(); ) {
                JsonNode now = each.next();
                switch (now.path("state").asText()) {
                    case "WAITING" -> show(api, pairing, now);
                    case "PAIRED" -> {
                        System.out.println("paired");
                        return 0;
                    }
                    case "EXPIRED", "FAILED" -> {
                        System.err.println("not paired: "
                                + now.path("problem").asText(now.path("state").asText()));
                        return 1;
                    }
                    default -> {
                        // On the way.
                    }
                }
            }
        } catch (UncheckedIOException e) {
            throw new ApiException("not paired: the connection was lost: " + e.getCause());
        }
        throw new ApiException("not paired: the node ended the answer");
    }

    private static void show(Api api, String pairing, JsonNode now) {
        String code = now.path("code").asText("");
        System.out.println(code.isEmpty() ? api.text(pairing) : "enter on the phone: " + code);
    }
}
