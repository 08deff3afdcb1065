package dev.waggle.platform.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.admin.form.AccountForm;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.transport.Egress;
import dev.waggle.transport.ProxyUrl;
import dev.waggle.transport.ProxyUrlException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// `/v1/accounts` and what concerns an account as a whole.
final class AccountRoutes {
    private static final int LABELS_MAX = 64;
    private static final int METADATA_MAX = 64;
    private static final int PAGE = 100;
    /// An account of a page that does not answer by then is shown as the directory remembers it, but for its state.
    private static final long LIVE_MAX_MILLIS = 2_000;

    private final Asking asking;
    private final AdminPorts.Accounts accounts;
    private final ControlStore control;

    AccountRoutes(AdminPorts ports) {
        this.accounts = ports.accounts();
        this.asking = new Asking(accounts);
        this.control = ports.control();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/accounts", this::list).query("cursor", "limit"),
                Route.put("/v1/accounts/{account}", this::put),
                Route.get("/v1/accounts/{account}", this::get),
                Route.delete("/v1/accounts/{account}", this::delete),
                Route.put("/v1/accounts/{account}/desired-state", this::desire),
                Route.post("/v1/accounts/{account}/logout", this::logout));
    }

    private CompletionStage<HttpResponse> list(Call call) {
        int limit = (int) call.query().number("limit", 1, ControlStore.PAGE_MAX, PAGE);
        String cursor = call.query().text("cursor");
        return rows(cursor == null ? "" : cursor, limit)
                .thenCompose(rows ->
                        all(rows.stream().map(this::live).toList()).thenApply(items -> page(rows, items, limit)));
    }

    /// Who looks after the node must see the accounts also while the store is away.
    private CompletionStage<List<AccountRow>> rows(String after, int limit) {
        return control.accounts(after, limit)
                .exceptionallyCompose(failure -> StoreException.isAway(failure)
                        ? CompletableFuture.completedStage(accounts.known(after, limit))
                        : CompletableFuture.failedStage(failure));
    }

    private static HttpResponse page(List<AccountRow> rows, List<ObjectNode> items, int limit) {
        ObjectNode page = Json.object();
        page.putArray("items").addAll(items);
        page.put("next", rows.size() < limit ? null : rows.getLast().id().value());
        return Replies.json(200, page);
    }

    /// A stopped account stays asleep: looking at it must not start it.
    private CompletableFuture<ObjectNode> live(AccountRow row) {
        if (!row.desiredState().equals("RUNNING")) {
            return CompletableFuture.completedFuture(AccountForm.of(row));
        }
        ObjectNode remembered = AccountForm.unheard(row);
        CompletionStage<Answer<AccountView>> asked = accounts.ask(row.id(), AccountCommand.Describe::new);
        return asked.thenApply(answer -> AccountForm.of(Failures.granted(answer)))
                .toCompletableFuture()
                .completeOnTimeout(remembered, LIVE_MAX_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> remembered);
    }

    private static <T> CompletionStage<List<T>> all(List<CompletableFuture<T>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> futures.stream().map(CompletableFuture::join).toList());
    }

    private CompletionStage<HttpResponse> put(Call call) {
        var account = Asking.account(call);
        return call.json(Set.of("pushName", "labels", "metadata", "proxy"))
                .thenCompose(body -> accounts.<AccountView>ask(account, AccountCommand.Describe::new)
                        .thenCompose(before -> {
                            boolean isNew = isNew(before);
                            return configure(call, body).thenApply(view -> {
                                HttpResponse response = Replies.json(isNew ? 201 : 200, AccountForm.of(view));
                                return isNew ? Replies.with(response, "Location", "/v1/accounts/" + account) : response;
                            });
                        }));
    }

    private static boolean isNew(Answer<AccountView> before) {
        return before instanceof Answer.Refused<AccountView>(var refusal)
                && refusal.code() == Refusal.Code.ACCOUNT_NOT_FOUND;
    }

    private CompletionStage<AccountView> configure(Call call, JsonBody body) {
        String pushName = body.optionalText("pushName", 1, 100);
        List<String> labels = body.optionalTexts("labels", LABELS_MAX);
        var metadata = body.optionalMap("metadata", METADATA_MAX, 1_024);
        Egress.Proxy proxy = proxy(body);
        CompletionStage<AccountView> configured =
                asking.ask(call, to -> new AccountCommand.Configure(pushName, labels, metadata, to));
        return body.given("proxy")
                ? configured.thenCompose(_ -> asking.ask(call, to -> new AccountCommand.SetProxy(proxy, to)))
                : configured;
    }

    private static Egress.@Nullable Proxy proxy(JsonBody body) {
        String text = body.optionalText("proxy", 1, ProxyUrl.LENGTH_MAX);
        try {
            return text == null ? null : ProxyUrl.parse(text);
        } catch (ProxyUrlException e) {
            throw Problem.INVALID_VALUE.because(String.valueOf(e.getMessage())).with("field", "proxy");
        }
    }

    private static HttpResponse shown(AccountView view) {
        return Replies.json(200, AccountForm.of(view));
    }

    private CompletionStage<HttpResponse> get(Call call) {
        return asking.describe(call).thenApply(AccountRoutes::shown);
    }

    private CompletionStage<HttpResponse> delete(Call call) {
        return asking.ask(call, (ActorRef<Answer<Done>> to) -> new AccountCommand.Delete(to))
                .thenApply(_ -> Replies.nothing());
    }

    private CompletionStage<HttpResponse> desire(Call call) {
        return call.json(Set.of("state")).thenCompose(body -> {
            boolean running = body.oneOf("state", List.of("RUNNING", "STOPPED")).equals("RUNNING");
            return asking.ask(
                            call, (ActorRef<Answer<AccountView>> to) -> new AccountCommand.SetDesiredState(running, to))
                    .thenApply(AccountRoutes::shown);
        });
    }

    private CompletionStage<HttpResponse> logout(Call call) {
        return call.json(Set.of())
                .thenCompose(_ -> asking.ask(call, (ActorRef<Answer<AccountView>> to) -> new AccountCommand.Logout(to)))
                .thenApply(AccountRoutes::shown);
    }
}
