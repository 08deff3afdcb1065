package dev.waggle.platform.admin.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.AccountId;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.JsonBody;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.Webhooks;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// `/v1/webhooks` and what hangs below it.
public final class WebhookRoutes {
    private static final String ALL = "/v1/webhooks";
    private static final String ONE = ALL + "/{webhook}";
    private static final String CURSOR = ONE + "/accounts/{account}/cursor";
    private static final String LETTERS = ONE + "/dead-letters";
    private static final int PAGE = 100;
    private static final int URL_MAX = 2_048;
    private static final int ACCOUNTS_MAX = 1_000;
    private static final int LABELS_MAX = 64;
    private static final int HEADERS_MAX = 32;
    private static final Set<String> FIELDS =
            Set.of("url", "accounts", "labels", "types", "headers", "ordering", "maxInFlight", "enabled", "start");
    private static final Map<String, Long> PLACES = Map.of("latest", Webhooks.LATEST, "earliest", Webhooks.EARLIEST);

    private final Webhooks webhooks;

    public WebhookRoutes(Webhooks webhooks) {
        this.webhooks = webhooks;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(ALL, this::create),
                Route.get(ALL, this::list).query("cursor", "limit"),
                Route.get(ONE, call -> webhooks.find(id(call)).thenApply(WebhookRoutes::shown)),
                Route.patch(ONE, this::change),
                Route.delete(ONE, call -> webhooks.delete(id(call)).thenApply(_ -> Replies.nothing())),
                Route.post(ONE + "/test", this::test),
                Route.post(ONE + "/secrets", this::rotate),
                Route.delete(
                        ONE + "/secrets/{secret}",
                        call -> webhooks.retire(id(call), call.value("secret")).thenApply(_ -> Replies.nothing())),
                Route.get(ONE + "/accounts", this::positions).query("cursor", "limit"),
                Route.get(
                        CURSOR,
                        call -> webhooks.position(id(call), account(call))
                                .thenApply(position -> Replies.json(200, WebhookForm.of(position)))),
                Route.put(CURSOR, this::seek),
                Route.get(LETTERS, this::letters).query("cursor", "limit"),
                Route.post(LETTERS + "/{letter}/redelivery", this::redeliver),
                Route.delete(
                        LETTERS + "/{letter}",
                        call -> webhooks.drop(id(call), letter(call)).thenApply(_ -> Replies.nothing())));
    }

    private static String id(Call call) {
        return call.value("webhook");
    }

    private static AccountId account(Call call) {
        return new AccountId(call.value("account"));
    }

    private static DeadLetter.Ref letter(Call call) {
        return DeadLetter.Ref.parse(call.value("letter"));
    }

    private static HttpResponse shown(Webhook webhook) {
        return Replies.json(200, WebhookForm.of(webhook));
    }

    private CompletionStage<HttpResponse> create(Call call) {
        return call.json(FIELDS)
                .thenCompose(body -> webhooks.create(draft(body)))
                .thenApply(made -> Replies.with(
                        Replies.json(201, WebhookForm.of(made)),
                        "Location",
                        ALL + "/" + made.webhook().id()));
    }

    private CompletionStage<HttpResponse> change(Call call) {
        return call.json(FIELDS)
                .thenCompose(body -> {
                    body.only(
                            Set.of(
                                    "url",
                                    "accounts",
                                    "labels",
                                    "types",
                                    "headers",
                                    "ordering",
                                    "maxInFlight",
                                    "enabled"),
                            "when it is changed");
                    return webhooks.change(id(call), draft(body));
                })
                .thenApply(WebhookRoutes::shown);
    }

    private static WebhookDraft draft(JsonBody body) {
        return new WebhookDraft(
                body.optionalText("url", 1, URL_MAX),
                body.optionalTexts("accounts", ACCOUNTS_MAX),
                body.optionalTexts("labels", LABELS_MAX),
                body.optionalTexts("types", LABELS_MAX),
                body.optionalMap("headers", HEADERS_MAX, 1_024),
                ordering(body),
                body.has("maxInFlight") ? body.number("maxInFlight", 1, 256, 1) : null,
                body.has("enabled") ? body.flag("enabled") : null,
                body.has("start") ? body.oneOf("start", List.of("latest", "earliest")) : null);
    }

    private static @Nullable Ordering ordering(JsonBody body) {
        return body.has("ordering")
                ? Ordering.valueOf(
                        body.oneOf("ordering", List.of("account", "chat")).toUpperCase(Locale.ROOT))
                : null;
    }

    private CompletionStage<HttpResponse> list(Call call) {
        return page(call, webhooks::page, WebhookForm::of, Webhook::id);
    }

    private CompletionStage<HttpResponse> positions(Call call) {
        return page(
                call,
                (after, limit) -> webhooks.positions(id(call), after, limit),
                WebhookForm::of,
                position -> position.account().value());
    }

    private CompletionStage<HttpResponse> letters(Call call) {
        return page(
                call,
                (after, limit) -> webhooks.deadLetters(id(call), after, limit),
                WebhookForm::of,
                letter -> letter.ref().toString());
    }

    @FunctionalInterface
    private interface Reading<T> {
        CompletionStage<List<T>> page(String after, int limit);
    }

    private static <T> CompletionStage<HttpResponse> page(
            Call call, Reading<T> reading, Function<T, ObjectNode> form, Function<T, String> name) {
        int limit = (int) call.query().number("limit", 1, PAGE, PAGE);
        String cursor = call.query().text("cursor");
        return reading.page(cursor == null ? "" : cursor, limit).thenApply(found -> {
            ObjectNode page = Json.object();
            found.stream().map(form).forEach(page.putArray("items")::add);
            page.put("next", found.size() < limit ? null : name.apply(found.getLast()));
            return Replies.json(200, page);
        });
    }

    private CompletionStage<HttpResponse> test(Call call) {
        return call.json(Set.of())
                .thenCompose(_ -> webhooks.ping(id(call)))
                .thenApply(trial -> Replies.json(200, WebhookForm.of(trial)));
    }

    private CompletionStage<HttpResponse> rotate(Call call) {
        return call.json(Set.of())
                .thenCompose(_ -> webhooks.rotate(id(call)))
                .thenApply(made -> Replies.json(201, WebhookForm.of(made)));
    }

    private CompletionStage<HttpResponse> seek(Call call) {
        AccountId account = account(call);
        return call.json(Set.of("after"))
                .thenCompose(body -> webhooks.seek(id(call), account, body.numberOr("after", PLACES)))
                .thenApply(position -> Replies.json(200, WebhookForm.of(position)));
    }

    private CompletionStage<HttpResponse> redeliver(Call call) {
        DeadLetter.Ref letter = letter(call);
        return call.json(Set.of())
                .thenCompose(_ -> webhooks.redeliver(id(call), letter))
                .thenApply(trial -> Replies.json(200, WebhookForm.of(trial)));
    }
}
