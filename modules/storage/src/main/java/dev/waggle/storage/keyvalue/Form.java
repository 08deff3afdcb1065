package dev.waggle.storage.keyvalue;

import dev.waggle.address.Bytes;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ApiKeyRow;
import dev.waggle.storage.control.AuditRow;
import dev.waggle.storage.control.DataKeyRow;
import dev.waggle.storage.control.DocumentRow;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.LedgerWrite.PutSeen;
import dev.waggle.storage.write.ProtocolWrite.PutBaseKey;
import dev.waggle.storage.write.ProtocolWrite.PutPendingInbound;
import dev.waggle.storage.write.ProtocolWrite.PutSenderKeyMark;
import dev.waggle.storage.write.ProtocolWrite.PutSentMessage;
import dev.waggle.storage.write.SignalWrite.PutIdentity;
import dev.waggle.storage.write.SignalWrite.PutSenderKey;
import dev.waggle.storage.write.SignalWrite.PutSession;
import dev.waggle.storage.write.SignalWrite.PutSignedPreKey;

/// The kinds of rows by the number that is stored: the place in this list. Add at the end, never move.
enum Form {
    NUMBER(Long.class),
    VALUE(Bytes.class),
    SESSION(PutSession.class),
    IDENTITY(PutIdentity.class),
    PRE_KEY(PreKeyRow.class),
    SIGNED_PRE_KEY(PutSignedPreKey.class),
    SENDER_KEY(PutSenderKey.class),
    SYNC_KEY(SyncKey.class),
    HASH_STATE(HashState.class),
    MUTATION_MAC(MutationMac.class),
    SENDER_KEY_MARK(PutSenderKeyMark.class),
    LID_MAPPING(LidMapping.class),
    BASE_KEY(PutBaseKey.class),
    DEVICE_LIST(DeviceList.class),
    TC_TOKEN(TcToken.class),
    SENT_MESSAGE(PutSentMessage.class),
    PENDING_INBOUND(PutPendingInbound.class),
    MSG_SECRET(MsgSecret.class),
    SEEN(PutSeen.class),
    EVENT(EventRow.class),
    OUTBOUND(OutboundRow.class),
    API_KEY(ApiKeyRow.class),
    AUDIT(AuditRow.class),
    DOCUMENT(DocumentRow.class),
    ACCOUNT(AccountRow.class),
    DATA_KEY(DataKeyRow.class),
    MEDIA(MediaRow.class);

    private final Class<?> type;

    Form(Class<?> type) {
        this.type = type;
    }

    int number() {
        return ordinal() + 1;
    }

    static Form of(Object row) {
        for (Form form : values()) {
            if (form.type.isInstance(row)) {
                return form;
            }
        }
        throw new IllegalArgumentException("a row of " + row.getClass());
    }
}
