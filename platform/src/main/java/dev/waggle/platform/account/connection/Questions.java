package dev.waggle.platform.account.connection;

import dev.waggle.platform.port.LineException;
import dev.waggle.stanza.IqReply;
import dev.waggle.wire.node.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The questions of one link that wait for their answers. Who asks is registered before the question is written, so
/// that no answer comes too early.
final class Questions {
    private final Map<String, CompletableFuture<Node>> waiting = new HashMap<>();
    private final String prefix;
    private long asked;

    Questions(String prefix) {
        this.prefix = prefix;
    }

    /// The id to ask under.
    String register(CompletableFuture<Node> reply) {
        String id = prefix + ++asked;
        waiting.put(id, reply);
        return id;
    }

    void answered(IqReply reply) {
        CompletableFuture<Node> asker = waiting.remove(reply.id());
        if (asker != null) {
            asker.complete(reply.node());
        }
    }

    void unanswered(String id) {
        CompletableFuture<Node> asker = waiting.remove(id);
        if (asker != null) {
            asker.completeExceptionally(new LineException(LineException.Kind.TIMED_OUT, "no answer in time"));
        }
    }

    void end() {
        waiting.values().forEach(asker -> asker.completeExceptionally(LinkLine.over()));
        waiting.clear();
    }
}
