package dev.waggle.platform.admin.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.Webhooks;
import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Webhooks as JSON.
final class WebhookForm {
    private WebhookForm() {}

    /// The one answer with a secret in it.
    static ObjectNode of(Webhooks.Made made) {
        return of(made.webhook()).put("secret", made.secret());
    }

    static ObjectNode of(Webhook webhook) {
        ObjectNode json =
                Json.object().put("id", webhook.id()).put("url", webhook.url().toString());
        ArrayNode accounts = json.putArray("accounts");
        if (webhook.selector().all()) {
            accounts.add(WebhookDraft.EVERY);
        }
        webhook.selector().accounts().forEach(account -> accounts.add(account.value()));
        webhook.selector().labels().forEach(json.putArray("labels")::add);
        new TreeSet<>(webhook.types()).forEach(json.putArray("types")::add);
        new TreeSet<>(webhook.headers().keySet()).forEach(json.putArray("headers")::add);
        json.put("ordering", webhook.ordering().word())
                .put("maxInFlight", webhook.maxInFlight())
                .put("enabled", webhook.enabled())
                .put("stopped", webhook.stop().isEmpty() ? null : webhook.stop())
                .put("start", webhook.fromStart() ? "earliest" : "latest");
        ArrayNode secrets = json.putArray("secrets");
        webhook.secrets()
                .forEach(key -> secrets.addObject().put("id", key.id()).put("createdAt", time(key.createdAt())));
        return json.put("createdAt", time(webhook.createdAt()));
    }

    static ObjectNode of(Position position) {
        ObjectNode json = Json.object()
                .put("account", position.account().value())
                .put("state", position.state().name())
                .put("after", position.after())
                .put("read", position.read())
                .put("latest", position.latest())
                .put("waitingChats", position.waitingCount());
        ArrayNode waiting = json.putArray("waiting");
        position.waiting()
                .forEach(one -> waiting.addObject()
                        .put("chat", one.chat().isEmpty() ? null : one.chat())
                        .put("sequence", one.sequence())
                        .put("attempts", one.attempts())
                        .put("nextAt", time(one.nextAt()))
                        .put("problem", one.problem()));
        return json.put("oldestWaitingAt", time(position.oldestAt()))
                .put("delivered", position.delivered())
                .put("deadLetters", position.deadLetters())
                .put("oldest", position.oldest())
                .put("problem", position.problem());
    }

    static ObjectNode of(DeadLetter letter) {
        return Json.object()
                .put("id", letter.ref().toString())
                .put(
                        "event",
                        EventLog.id(
                                letter.account(),
                                letter.sequence(),
                                letter.eventAt().toEpochMilli()))
                .put("account", letter.account().value())
                .put("sequence", letter.sequence())
                .put("type", letter.type())
                .put("at", time(letter.eventAt()))
                .put("attempts", letter.attempts())
                .put("buriedAt", time(letter.buriedAt()))
                .put("reason", letter.reason())
                .put("problem", letter.problem());
    }

    static ObjectNode of(Trial trial) {
        return Json.object()
                .put("taken", trial.taken())
                .put("status", trial.status() == 0 ? null : Integer.valueOf(trial.status()))
                .put("problem", trial.problem())
                .put("millis", trial.millis());
    }

    private static @Nullable String time(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
