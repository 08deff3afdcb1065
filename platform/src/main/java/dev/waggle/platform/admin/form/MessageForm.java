package dev.waggle.platform.admin.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.Jid;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.storage.row.OutboundRow;

/// A sent message as it reads from outside.
public final class MessageForm {
    private MessageForm() {}

    public static ObjectNode of(OutboundRow row) {
        return form(row.id().value(), row.chat(), row.state().name())
                .put("problem", Forms.orNull(row.problem()))
                .put("acceptedAt", Forms.time(row.acceptedAt()));
    }

    /// A message that was accepted, before its row can be read.
    public static ObjectNode accepted(String id, Jid chat, String state) {
        return form(id, chat, state).putNull("problem").putNull("acceptedAt");
    }

    private static ObjectNode form(String id, Jid chat, String state) {
        ObjectNode json = Json.object().put("id", id);
        json.set("chat", Forms.party(chat));
        return json.put("state", state);
    }
}
