package dev.waggle.storage.write;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.row.Times;
import java.time.Instant;

/// Changes to what is remembered about others.
public sealed interface ProtocolWrite extends StoreWrite {
    record PutSenderKeyMark(Jid group, SenderKeyMark mark) implements ProtocolWrite {}

    record ClearSenderKeyMarks(Jid group) implements ProtocolWrite {}

    record DeleteSenderKeyMarksOf(Jid device) implements ProtocolWrite {}

    record ClearAllSenderKeyMarks() implements ProtocolWrite {}

    /// Keyed by LID; the time of creation of a row that is there stays.
    record PutLidMapping(LidMapping mapping) implements ProtocolWrite {}

    record PutBaseKey(DeviceAddress address, MessageId id, Bytes baseKey, Instant at) implements ProtocolWrite {
        public PutBaseKey {
            at = Times.millis(at);
        }
    }

    record DeleteBaseKey(DeviceAddress address, MessageId id) implements ProtocolWrite {}

    record PutDeviceList(DeviceList list) implements ProtocolWrite {}

    record DeleteDeviceList(Jid user) implements ProtocolWrite {}

    record PutGroupMetadata(Jid group, Bytes metadata) implements ProtocolWrite {}

    record DeleteGroupMetadata(Jid group) implements ProtocolWrite {}

    record PutTcToken(TcToken token) implements ProtocolWrite {}

    record DeleteTcToken(Jid user) implements ProtocolWrite {}

    /// Advances the sender time and never turns it back; without a row, makes a placeholder with an empty token.
    record TouchTcTokenSender(Jid user, Instant at) implements ProtocolWrite {
        public TouchTcTokenSender {
            at = Times.millis(at);
        }
    }

    /// Takes the token when it is newer than the stored one or the stored one is a placeholder; keeps the sender
    /// time.
    record ReceiveTcToken(Jid user, Bytes token, Instant at) implements ProtocolWrite {
        public ReceiveTcToken {
            at = Times.millis(at);
        }
    }

    record PutSentMessage(Jid chat, MessageId id, Bytes payload, Instant at) implements ProtocolWrite {
        public PutSentMessage {
            at = Times.millis(at);
        }
    }

    record PutPendingInbound(MessageKey key, Bytes payload, Instant at) implements ProtocolWrite {
        public PutPendingInbound {
            at = Times.millis(at);
        }
    }

    record DeletePendingInbound(MessageKey key) implements ProtocolWrite {}
}
