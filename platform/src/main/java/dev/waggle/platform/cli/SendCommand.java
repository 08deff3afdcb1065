package dev.waggle.platform.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `waggle send`: one text message.
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends a text. Without --key every call is another message.")
public final class SendCommand implements Callable<Integer> {
    @Mixin
    private NodeOption node = new NodeOption();

    @Parameters(paramLabel = "ACCOUNT")
    private String account = "";

    @Parameters(paramLabel = "CHAT", description = "A JID, or a phone number such as +4915112345678.")
    private String chat = "";

    @Parameters(paramLabel = "TEXT")
    private String text = "";

    @Option(names = "--key", paramLabel = "KEY", description = "Idempotency key: the same key sends once.")
    private @Nullable String key;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "When it is to be sent, such as 2026-03-01T08:00:00Z; without it, at once.")
    private @Nullable String at;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "Wait for the server's answer, at most so long.")
    private int wait;

    @Override
    public Integer call() {
        return node.with(api -> {
            ObjectNode body = Api.JSON.createObjectNode();
            body.put("chat", chat).put("type", "text").put("text", text);
            if (at != null) {
                body.put("sendAt", at);
            }
            String used = key == null ? UUID.randomUUID().toString() : key;
            String path = "/v1/accounts/" + Api.segment(account) + "/messages";
            System.out.println(
                    wait > 0
                            ? api.call("POST", path, body, "Idempotency-Key", used, "Prefer", "wait=" + wait)
                            : api.call("POST", path, body, "Idempotency-Key", used));
            return 0;
        });
    }
}
