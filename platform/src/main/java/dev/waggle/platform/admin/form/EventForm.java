package dev.waggle.platform.admin.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.AccountId;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.proto.journal.AccountStateBody;
import dev.waggle.proto.journal.MessageBody;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.UndecryptableBody;
import java.util.Set;

/// A public event as it reads from outside: an envelope with the event's own fields in `data`.
public final class EventForm {
    /// Every type that an account publishes.
    public static final Set<String> TYPES = Set.of(
            "account.state",
            "message.received",
            "message.sent",
            "message.delivered",
            "message.read",
            "message.played",
            "message.failed",
            "message.undecryptable");

    private EventForm() {}

    public static ObjectNode of(AccountId account, PublicEvent event) {
        ObjectNode json = Json.object()
                .put("id", EventLog.id(account, event))
                .put("sequence", event.getSequence())
                .put("epoch", event.getEpoch())
                .put("type", event.getType())
                .put("account", account.value())
                .put("at", Forms.time(event.getAtMillis()));
        json.set("data", data(event));
        return json;
    }

    private static ObjectNode data(PublicEvent event) {
        return switch (event.getBodyCase()) {
            case ACCOUNT_STATE -> state(event.getAccountState());
            case MESSAGE -> message(event.getMessage());
            case PROGRESS -> progress(event.getProgress());
            case UNDECRYPTABLE -> undecryptable(event.getUndecryptable());
            case BODY_NOT_SET -> Json.object();
        };
    }

    private static ObjectNode state(AccountStateBody body) {
        return Json.object()
                .put("observedState", body.getState())
                .put("desiredState", body.getDesired())
                .put("reason", Forms.orNull(body.getReason()));
    }

    private static ObjectNode message(MessageBody body) {
        ObjectNode json = about(body.getId(), body.getChat(), body.getSender())
                .put("fromMe", body.getFromMe())
                .put("timestamp", Forms.time(body.getTimestampMillis()))
                .put("pushName", Forms.orNull(body.getPushName()))
                .put("type", body.getType())
                .put("text", body.getText());
        json.set("media", body.hasMedia() ? MediaForm.of(body.getMedia()) : null);
        json.set("thumbnail", body.hasThumbnail() ? MediaForm.of(body.getThumbnail()) : null);
        json.set("link", body.hasLink() ? MediaForm.of(body.getLink()) : null);
        return json;
    }

    private static ObjectNode undecryptable(UndecryptableBody body) {
        return about(body.getId(), body.getChat(), body.getSender())
                .put("reason", body.getReason())
                .put("timestamp", Forms.time(body.getTimestampMillis()));
    }

    private static ObjectNode about(String id, Party chat, Party sender) {
        ObjectNode json = Json.object().put("id", id);
        json.set("chat", Forms.party(chat));
        json.set("sender", Forms.party(sender));
        return json;
    }

    private static ObjectNode progress(ProgressBody body) {
        ObjectNode json = Json.object().put("id", body.getId());
        json.set("chat", Forms.party(body.getChat()));
        json.put("state", body.getState());
        json.set("recipient", body.hasRecipient() ? Forms.party(body.getRecipient()) : null);
        return json.put("problem", Forms.orNull(body.getProblem()))
                .put("detail", Forms.orNull(body.getDetail()))
                .put("waCode", body.getWaCode() == 0 ? null : Integer.valueOf(body.getWaCode()))
                .put("timestamp", Forms.time(body.getTimestampMillis()));
    }
}
