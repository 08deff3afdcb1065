package dev.waggle.platform.admin.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.cluster.operation.Operation;
import dev.waggle.platform.cluster.operation.Operations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// What is done with an account and takes a while: begun here, looked up later.
public final class OperationRoutes {
    /// One kind of operation, under its name in the API.
    public interface Work extends Function<AccountId, CompletionStage<? extends Answer<?>>> {}

    private static final String MIGRATE = "migrate";

    private final Operations operations;
    private final Function<Call, CompletionStage<AccountId>> account;
    private final Moves moves;
    private final TreeMap<String, Work> kinds;

    /// @param account finds the account that a path names, or fails with its problem
    public OperationRoutes(
            Operations operations,
            Function<Call, CompletionStage<AccountId>> account,
            Moves moves,
            Map<String, Work> kinds) {
        this.operations = operations;
        this.account = account;
        this.moves = moves;
        this.kinds = new TreeMap<>(kinds);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/v1/accounts/{account}/operations", this::begin),
                Route.get("/v1/operations/{operation}", this::find));
    }

    private CompletionStage<HttpResponse> begin(Call call) {
        return call.json(Set.of("type", "to")).thenCompose(body -> {
            List<String> types = new ArrayList<>(kinds.keySet());
            types.add(MIGRATE);
            String type = body.oneOf("type", types);
            String to = body.optionalText("to", 1, 64);
            if (to != null && !type.equals(MIGRATE)) {
                body.only(Set.of("type"), "only a migration leads somewhere");
            }
            Work work = kinds.getOrDefault(type, id -> moves.move(id, to == null ? "" : to));
            return account.apply(call)
                    .thenCompose(id -> operations.begin(id, type, () -> work.apply(id)))
                    .thenApply(begun ->
                            Replies.with(Replies.json(202, form(begun)), "Location", "/v1/operations/" + begun.id()));
        });
    }

    private CompletionStage<HttpResponse> find(Call call) {
        String id = call.value("operation");
        return operations
                .find(id)
                .thenApply(found -> Replies.json(
                        200,
                        form(found.orElseThrow(
                                () -> Problem.OPERATION_NOT_FOUND.because("there is no operation " + id)))));
    }

    private static ObjectNode form(Operation operation) {
        Instant ended = operation.endedAt();
        return Json.object()
                .put("id", operation.id())
                .put("account", operation.account().value())
                .put("type", operation.type())
                .put("state", operation.state().name())
                .put("startedAt", operation.startedAt().toString())
                .put("endedAt", ended == null ? null : ended.toString())
                .put("detail", operation.detail());
    }
}
