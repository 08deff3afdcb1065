package dev.waggle.platform.admin.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.proto.journal.Intent;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A sent message as it reads from outside.
public final class MessageForm {
    private MessageForm() {}

    public static ObjectNode of(OutboundRow row) {
        return form(row.id().value(), row.chat(), row.state().name())
                .put("problem", Forms.orNull(row.problem()))
                .put("acceptedAt", Forms.time(row.acceptedAt()))
                .put("sendAt", sendAt(row.payload()))
                .put("sentAt", reached(row, OutboundState.SENT))
                .put("deliveredAt", reached(row, OutboundState.DELIVERED))
                .put("readAt", reached(row, OutboundState.READ))
                .put("playedAt", reached(row, OutboundState.PLAYED))
                .put("failedAt", reached(row, OutboundState.FAILED));
    }

    private static @Nullable String reached(OutboundRow row, OutboundState state) {
        return row.times().of(state).map(Forms::time).orElse(null);
    }

    private static @Nullable String sendAt(Bytes intent) {
        try {
            long millis = Intent.parseFrom(intent.unsafeArray()).getSendAtMillis();
            return millis == 0 ? null : Forms.time(millis);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a send that is no intent", e);
        }
    }

    /// A message that was accepted, before its row can be read.
    public static ObjectNode accepted(String id, Jid chat, String state, @Nullable Instant sendAt) {
        return form(id, chat, state)
                .putNull("problem")
                .putNull("acceptedAt")
                .put("sendAt", sendAt == null ? null : Forms.time(sendAt))
                .putNull("sentAt")
                .putNull("deliveredAt")
                .putNull("readAt")
                .putNull("playedAt")
                .putNull("failedAt");
    }

    private static ObjectNode form(String id, Jid chat, String state) {
        ObjectNode json = Json.object().put("id", id);
        json.set("chat", Forms.party(chat));
        return json.put("state", state);
    }
}
