package dev.waggle.platform.account.connection;

import dev.waggle.platform.port.LineException;
import dev.waggle.stanza.IqReply;
import dev.waggle.wire.node.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The questions of one link that wait for their answers. Who asks is registered before the question is written, so
/// that no answer comes too early.
final class Questions {
    static final int WAITING_MAX = 1_024;

    private final Map<String, CompletableFuture<Node>> waiting = new HashMap<>();
    private final String prefix;
    private long asked;

    Questions(String prefix) {
        this.prefix = prefix;
    }

    /// The id to ask under; empty when too many wait already: then the asker has been told.
    Optional<String> register(CompletableFuture<Node> reply) {
        if (waiting.size() >= WAITING_MAX) {
            reply.completeExceptionally(
                    new LineException(LineException.Kind.FULL, WAITING_MAX + " questions wait for an answer"));
            return Optional.empty();
        }
        String id = prefix + ++asked;
        waiting.put(id, reply);
        return Optional.of(id);
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
