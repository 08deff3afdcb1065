package dev.waggle.platform.journal;

import dev.waggle.address.Bytes;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes [SealedRecord]s under their form's name, never under a class name: packages may move, the journal may
/// not.
public final class JournalSerializer extends SerializerWithStringManifest {
    /// Fixed for ever: it stands in every row of the journal.
    public static final int ID = 90_471;

    public JournalSerializer(ExtendedActorSystem system) {}

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public String manifest(Object value) {
        return ((SealedRecord) value).form();
    }

    @Override
    public byte[] toBinary(Object value) {
        return ((SealedRecord) value).bytes().unsafeArray();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return new SealedRecord(manifest, Bytes.wrap(bytes));
    }
}
