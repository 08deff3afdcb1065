package dev.waggle.platform.admin.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.cluster.Members;
import dev.waggle.platform.cluster.budget.ConnectBudget;
import dev.waggle.platform.cluster.budget.Rate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/v1/cluster`.
public final class ClusterRoutes {
    private static final String BUDGET = "/v1/cluster/connect-budget";

    private final Members members;
    private final ConnectBudget budget;

    public ClusterRoutes(Members members, ConnectBudget budget) {
        this.members = members;
        this.budget = budget;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/cluster/members", _ -> CompletableFuture.completedStage(members())),
                Route.get("/v1/cluster/shards", _ -> shards()),
                Route.put("/v1/cluster/members/{member}/desired-state", this::desire),
                Route.get(
                        BUDGET,
                        _ -> budget.standing()
                                .thenApply(now ->
                                        Replies.json(200, form(now.rate()).put("waiting", now.waiting())))),
                Route.put(BUDGET, this::budget));
    }

    private HttpResponse members() {
        ObjectNode all = Json.object();
        ArrayNode items = all.putArray("items");
        members.members().forEach(member -> {
            ObjectNode item = items.addObject()
                    .put("node", member.node())
                    .put("address", member.address())
                    .put("status", member.status())
                    .put("reachable", member.reachable())
                    .put("appVersion", member.appVersion());
            ArrayNode roles = item.putArray("roles");
            new TreeSet<>(member.roles()).forEach(roles::add);
        });
        return Replies.json(200, all);
    }

    private CompletionStage<HttpResponse> shards() {
        return members.shards().thenApply(shards -> {
            ObjectNode all = Json.object();
            ArrayNode items = all.putArray("items");
            shards.forEach(shard -> items.addObject()
                    .put("shard", shard.shard())
                    .put("node", shard.node())
                    .put("accounts", shard.accounts()));
            return Replies.json(200, all);
        });
    }

    private CompletionStage<HttpResponse> budget(Call call) {
        return call.json(Set.of("perSecond", "burst"))
                .thenCompose(body -> {
                    for (String field : List.of("perSecond", "burst")) {
                        if (!body.has(field)) {
                            throw Problem.INVALID_VALUE.because(field, "missing", "a whole number");
                        }
                    }
                    return budget.set(new Rate(
                            body.number("perSecond", 1, Rate.PER_SECOND_MAX, 1),
                            body.number("burst", 1, Rate.BURST_MAX, 1)));
                })
                .thenApply(rate -> Replies.json(200, form(rate)));
    }

    private static ObjectNode form(Rate rate) {
        return Json.object().put("perSecond", rate.perSecond()).put("burst", rate.burst());
    }

    private CompletionStage<HttpResponse> desire(Call call) {
        return call.json(Set.of("state")).thenApply(body -> {
            String state = body.oneOf("state", List.of("DRAINING"));
            String node = call.value("member");
            if (!members.drain(node)) {
                throw Problem.MEMBER_NOT_FOUND.because("the cluster has no member " + node);
            }
            return Replies.json(202, Json.object().put("node", node).put("desiredState", state));
        });
    }
}
