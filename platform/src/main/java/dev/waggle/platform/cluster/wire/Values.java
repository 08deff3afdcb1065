package dev.waggle.platform.cluster.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.nodes.Address;
import dev.waggle.proto.nodes.Moment;
import dev.waggle.proto.nodes.Row;
import dev.waggle.storage.control.AccountRow;
import java.time.Instant;

/// Values that stand in messages of several kinds.
public final class Values {
    private Values() {}

    public static Moment moment(Instant at) {
        return Moment.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    /// @throws java.time.DateTimeException when it is out of range
    public static Instant instant(Moment at) {
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
    }

    static Address address(Jid jid) {
        return Address.newBuilder()
                .setUser(jid.user())
                .setServer(jid.server())
                .setAgent(jid.agent())
                .setDevice(jid.device())
                .build();
    }

    /// @throws dev.waggle.address.AddressException when it is none
    static Jid jid(Address address) {
        return new Jid(address.getUser(), address.getServer(), address.getAgent(), address.getDevice());
    }

    static ByteString string(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.unsafeArray());
    }

    static Bytes bytes(ByteString string) {
        return Bytes.wrap(string.toByteArray());
    }

    public static Row row(AccountRow row) {
        Row.Builder written = Row.newBuilder()
                .setId(row.id().value())
                .setDesiredState(row.desiredState())
                .setObservedState(row.observedState())
                .setPushName(row.pushName())
                .addAllLabels(row.labels())
                .putAllMetadata(row.metadata())
                .setUpdatedAtMillis(row.updatedAt().toEpochMilli());
        if (row.jid() != null) {
            written.setJid(address(row.jid()));
        }
        if (row.pn() != null) {
            written.setPn(address(row.pn()));
        }
        if (row.lid() != null) {
            written.setLid(address(row.lid()));
        }
        return written.build();
    }

    public static AccountRow row(Row row) {
        return new AccountRow(
                new AccountId(row.getId()),
                row.getDesiredState(),
                row.getObservedState(),
                row.getPushName(),
                row.getLabelsList(),
                row.getMetadataMap(),
                row.hasJid() ? jid(row.getJid()) : null,
                row.hasPn() ? jid(row.getPn()) : null,
                row.hasLid() ? jid(row.getLid()) : null,
                Instant.ofEpochMilli(row.getUpdatedAtMillis()));
    }
}
