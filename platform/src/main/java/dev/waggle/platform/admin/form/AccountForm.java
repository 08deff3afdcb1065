package dev.waggle.platform.admin.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.storage.control.AccountRow;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An account as it reads from outside.
public final class AccountForm {
    private static final Set<String> CONNECTED = Stream.of(
                    ObservedState.PAIRING, ObservedState.CONNECTING, ObservedState.SYNCING, ObservedState.ONLINE)
            .map(Enum::name)
            .collect(Collectors.toSet());

    private AccountForm() {}

    public static ObjectNode of(AccountView view) {
        ObjectNode json = Json.object()
                .put("id", view.id().value())
                .put("desiredState", view.running() ? "RUNNING" : "STOPPED")
                .put("observedState", view.observed().name())
                .put("reason", Forms.orNull(view.reason()))
                .put("jid", Forms.text(view.jid()))
                .put("pn", Forms.text(view.pn()))
                .put("lid", Forms.text(view.lid()))
                .put("pushName", view.pushName())
                .put("node", view.node())
                .put("epoch", view.epoch())
                .put("lastTrafficAt", Forms.time(view.lastTrafficAt()))
                .put("lastServerAckAt", Forms.time(view.lastServerAckAt()));
        json.set("restriction", restriction(view.restriction()));
        view.labels().forEach(json.putArray("labels")::add);
        view.metadata().forEach(json.putObject("metadata")::put);
        view.plugins().stream().sorted().forEach(json.putArray("plugins")::add);
        json.put("proxy", Forms.orNull(view.proxy()));
        return json.put("lastSequence", view.lastSequence());
    }

    /// What the directory remembers of an account that was not asked; what only the account knows is `null`.
    public static ObjectNode of(AccountRow row) {
        ObjectNode json = Json.object()
                .put("id", row.id().value())
                .put("desiredState", row.desiredState())
                .put("observedState", row.observedState())
                .putNull("reason")
                .put("jid", Forms.text(row.jid()))
                .put("pn", Forms.text(row.pn()))
                .put("lid", Forms.text(row.lid()))
                .put("pushName", row.pushName())
                .putNull("node")
                .putNull("epoch")
                .putNull("lastTrafficAt")
                .putNull("lastServerAckAt")
                .putNull("restriction");
        row.labels().forEach(json.putArray("labels")::add);
        row.metadata().forEach(json.putObject("metadata")::put);
        return json.putNull("plugins").putNull("proxy").putNull("lastSequence");
    }

    /// The same of an account that was asked and did not answer. What it was connected to when the row was written,
    /// perhaps by a process that is gone, nobody observes now, so it is not said.
    public static ObjectNode unheard(AccountRow row) {
        ObjectNode json = of(row);
        return CONNECTED.contains(row.observedState())
                ? json.put("observedState", ObservedState.WAITING.name()).put("reason", "no-answer")
                : json;
    }

    private static @Nullable ObjectNode restriction(AccountView.@Nullable Restriction restriction) {
        return restriction == null
                ? null
                : Json.object()
                        .put("kind", restriction.kind())
                        .put("waCode", restriction.waCode() == 0 ? null : Integer.valueOf(restriction.waCode()))
                        .put("until", Forms.time(restriction.until()));
    }
}
