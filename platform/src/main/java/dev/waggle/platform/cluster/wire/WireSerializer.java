package dev.waggle.platform.cluster.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;

/// Messages between nodes, in Protobuf, so that nodes of two builds that follow each other understand each other.
/// What a build does not know of a later one it refuses by name, or reads as something that is answered with
/// `OTHER_BUILD`; see `nodes.proto`.
public class WireSerializer extends SerializerWithStringManifest {
    /// Known to every build: it must not be given to another serializer, nor may 90472, which was another one's.
    public static final int ID = 90_473;

    /// What Artery carries in one frame, less its own head.
    static final int MESSAGE_BYTES_MAX = (1 << 20) - (4 << 10);

    private final ExtendedActorSystem system;
    private final String form;
    private volatile @Nullable Kinds kinds;

    public WireSerializer(ExtendedActorSystem system) {
        this(system, Travellers.FORM);
    }

    /// @param form of what other builds do not read
    WireSerializer(ExtendedActorSystem system, String form) {
        this.system = system;
        this.form = form;
    }

    /// Looked up late: serializers are made while the system still begins.
    final Kinds kinds() {
        Kinds known = kinds;
        if (known == null) {
            ActorRefResolver resolver = ActorRefResolver.get(ActorSystem.wrap(system));
            known = new Kinds(new Refs(resolver), new BuildForm(form, resolver));
            kinds = known;
        }
        return known;
    }

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public String manifest(Object message) {
        return kind(message).name();
    }

    private Kind<?, ?> kind(Object message) {
        Kind<?, ?> kind = kinds().of(message.getClass());
        if (kind == null) {
            throw new IllegalArgumentException(message.getClass().getName() + " does not travel between nodes");
        }
        return kind;
    }

    @Override
    public byte[] toBinary(Object message) {
        MessageLite written = written(kind(message).write(message));
        int size = written.getSerializedSize();
        if (size > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException(message.getClass().getSimpleName() + " of " + size
                    + " bytes (expected: up to " + MESSAGE_BYTES_MAX + " between nodes)");
        }
        return written.toByteArray();
    }

    /// A later build may say more.
    MessageLite written(MessageLite message) {
        return message;
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        Kind<?, ?> kind = kinds().named(manifest);
        if (kind == null) {
            throw new NotSerializableException(
                    "a message of kind " + manifest + " (expected: one that this build knows)");
        }
        try {
            return kind.read(bytes);
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            NotSerializableException refused =
                    new NotSerializableException("no message of kind " + manifest + ": " + e);
            refused.initCause(e);
            throw refused;
        }
    }
}
