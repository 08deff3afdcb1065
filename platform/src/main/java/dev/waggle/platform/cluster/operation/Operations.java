package dev.waggle.platform.cluster.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.cluster.operation.Operation.State;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.DocumentRow;
import dev.waggle.storage.control.Shelf;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins work on accounts, and remembers it in the store, where any node finds it for [#KEEP]. Thread-safe.
public final class Operations {
    /// How long one is found at the least.
    public static final Duration KEEP = Duration.ofHours(24);

    private static final Logger log = LoggerFactory.getLogger(Operations.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /// No work takes so long: one that still runs then was left by its node.
    private static final Duration RUNS_MAX = Duration.ofMinutes(3);

    private static final int SWEPT_AT_ONCE = 100;

    private final ControlStore store;
    private final SecureRandom random;
    private final Clock clock;

    public Operations(ControlStore store, SecureRandom random, Clock clock) {
        this.store = store;
        this.random = random;
        this.clock = clock;
    }

    /// Completes when the store knows of it; the work is begun then, and goes on.
    public CompletionStage<Operation> begin(
            AccountId account, String type, Supplier<CompletionStage<? extends Answer<?>>> work) {
        Instant now = clock.instant();
        Operation begun = new Operation(drawn(now), account, type, State.RUNNING, now, null, "");
        return put(begun).thenApply(_ -> {
            var _ = work.get().whenComplete((answer, failure) -> over(begun, answer, failure));
            sweep(now);
            return begun;
        });
    }

    /// Ids grow with time, so that the eldest stand first on their shelf.
    private String drawn(Instant now) {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return "op_" + HexFormat.of().toHexDigits(now.toEpochMilli())
                + HexFormat.of().formatHex(bytes);
    }

    private void over(Operation begun, Answer<?> answer, Throwable failure) {
        String detail = switch (answer) {
            case Answer.Refused<?>(var refusal) -> refusal.detail();
            case Answer.Granted<?> _ -> "";
            case null -> String.valueOf(failure.getMessage());
        };
        State state = failure == null && answer instanceof Answer.Granted ? State.SUCCEEDED : State.FAILED;
        Operation ended = new Operation(
                begun.id(), begun.account(), begun.type(), state, begun.startedAt(), clock.instant(), detail);
        var _ = put(ended).exceptionally(lost -> {
            log.warn("operation {} is {}, and the store does not know: {}", begun.id(), state, lost.toString());
            return null;
        });
    }

    private CompletionStage<Void> put(Operation operation) {
        ObjectNode node = JSON.createObjectNode()
                .put("account", operation.account().value())
                .put("type", operation.type())
                .put("state", operation.state().name())
                .put("startedAt", operation.startedAt().toEpochMilli())
                .put("detail", operation.detail());
        Instant ended = operation.endedAt();
        if (ended != null) {
            node.put("endedAt", ended.toEpochMilli());
        }
        return store.putDocument(Shelf.OPERATION, operation.id(), Bytes.utf8(node.toString()));
    }

    /// Empty: there is none, or it is forgotten.
    public CompletionStage<Optional<Operation>> find(String id) {
        return store.document(Shelf.OPERATION, id).thenApply(found -> found.map(document -> read(id, document)));
    }

    private Operation read(String id, Bytes document) {
        try {
            JsonNode node = JSON.readTree(document.unsafeArray());
            Instant started = Instant.ofEpochMilli(node.path("startedAt").asLong());
            State state = State.valueOf(node.path("state").asText());
            boolean left = state == State.RUNNING && started.plus(RUNS_MAX).isBefore(clock.instant());
            return new Operation(
                    id,
                    new AccountId(node.path("account").asText()),
                    node.path("type").asText(),
                    left ? State.UNKNOWN : state,
                    started,
                    node.has("endedAt")
                            ? Instant.ofEpochMilli(node.path("endedAt").asLong())
                            : null,
                    node.path("detail").asText());
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException(StoreException.Code.STORAGE_CORRUPT, "operation " + id, e);
        }
    }

    private void sweep(Instant now) {
        String eldest = "op_" + HexFormat.of().toHexDigits(now.minus(KEEP).toEpochMilli());
        var _ = store.documents(Shelf.OPERATION, "", SWEPT_AT_ONCE)
                .thenAccept(rows -> rows.stream()
                        .map(DocumentRow::id)
                        .filter(id -> id.compareTo(eldest) < 0)
                        .forEach(id -> {
                            var _ = store.deleteDocument(Shelf.OPERATION, id);
                        }));
    }
}
