package dev.waggle.storage.sqlite.journal;

import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/// An event or a state as bytes, and what is needed to read it again. Not a record: it lives for one write.
final class Payload {
    final int serializer;
    final String manifest;
    final byte[] bytes;

    private Payload(int serializer, String manifest, byte[] bytes) {
        this.serializer = serializer;
        this.manifest = manifest;
        this.bytes = bytes;
    }

    static Payload of(Object value, Serialization serialization) {
        Serializer serializer = serialization.findSerializerFor(value);
        return new Payload(
                serializer.identifier(), Serializers.manifestFor(serializer, value), serializer.toBinary(value));
    }
}
