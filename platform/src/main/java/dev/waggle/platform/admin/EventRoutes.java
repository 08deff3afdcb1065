package dev.waggle.platform.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.AccountId;
import dev.waggle.platform.admin.form.EventForm;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Query;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.admin.http.SseFrame;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.EventLogStore;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;

/// An account's events: by page, or as a stream that goes on (SSE, or a WebSocket).
final class EventRoutes {
    private static final String SSE = "text/event-stream";
    private static final int PAGE = 100;

    private final Asking asking;
    private final EventLog events;
    private final Streams streams;

    EventRoutes(AdminPorts ports, Streams streams) {
        this.asking = new Asking(ports.accounts());
        this.events = ports.events();
        this.streams = streams;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/accounts/{account}/events", this::read)
                .query("after", "types", "limit")
                .forms("application/json", SSE));
    }

    private CompletionStage<HttpResponse> read(Call call) {
        AccountId account = Asking.account(call);
        Set<String> types = types(call);
        int limit = (int) call.query().number("limit", 1, EventLogStore.PAGE_MAX, PAGE);
        return asking.describe(call)
                .thenCompose(_ -> after(call, account))
                .thenCompose(after -> call.form().equals(SSE) || call.upgrade().isPresent()
                        ? tail(call, account, after, types)
                        : events.page(account, after, types, limit).thenApply(page -> page(account, after, page)));
    }

    private CompletionStage<Long> after(Call call, AccountId account) {
        String last = call.header("Last-Event-ID").orElse(null);
        if (last != null && call.form().equals(SSE)) {
            return CompletableFuture.completedStage(Query.number("Last-Event-ID", last, 0, Long.MAX_VALUE));
        }
        return "latest".equals(call.query().text("after"))
                ? events.latest(account)
                : CompletableFuture.completedStage(call.query().number("after", 0, Long.MAX_VALUE, 0));
    }

    private static Set<String> types(Call call) {
        String given = call.query().text("types");
        if (given == null) {
            return Set.of();
        }
        Set<String> types = new TreeSet<>();
        for (String type : given.split(",", -1)) {
            if (!EventForm.TYPES.contains(type)) {
                throw Problem.INVALID_VALUE.because("types", type, "some of " + new TreeSet<>(EventForm.TYPES));
            }
            types.add(type);
        }
        return types;
    }

    /// `next` is where to go on, also when there is nothing yet.
    private static HttpResponse page(AccountId account, long after, List<PublicEvent> events) {
        ObjectNode page = Json.object();
        ArrayNode items = page.putArray("items");
        events.forEach(event -> items.add(EventForm.of(account, event)));
        page.put("next", events.isEmpty() ? after : events.getLast().getSequence());
        return Replies.json(200, page);
    }

    /// Looks before it opens: a start that retention has passed is a problem, not a stream that ends at once.
    private CompletionStage<HttpResponse> tail(Call call, AccountId account, long after, Set<String> types) {
        return events.page(account, after, types, 1).thenApply(_ -> {
            Source<SseFrame, NotUsed> frames = events.tail(account, after, types)
                    .map(event -> new SseFrame(
                            Long.toString(event.getSequence()), event.getType(), EventForm.of(account, event)));
            return call.upgrade()
                    .map(upgrade -> streams.socket(upgrade, frames, call.materializer()))
                    .orElseGet(() -> streams.response(frames));
        });
    }
}
