package dev.waggle.platform.cluster.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Messages between nodes of the same build, written by Kryo: only types of [Travellers], each by its number. What
/// was written in another form than this build's is refused by name and read by nobody: the asker hears nothing,
/// and asks again.
public final class BuildSerializer extends SerializerWithStringManifest {
    /// Known to every build: it must not be given to another serializer.
    public static final int ID = 90_472;

    private static final int BUFFER = 512;
    private static final int MESSAGE_BYTES_MAX = 4 << 20;

    private final Pool<Kryo> writers;

    public BuildSerializer(ExtendedActorSystem system) {
        writers = new Pool<>(true, true, 32) {
            @Override
            protected Kryo create() {
                // Looked up late: serializers are made while the system still begins.
                return Travellers.kryo(ActorRefResolver.get(ActorSystem.wrap(system)));
            }
        };
    }

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public String manifest(Object message) {
        return Travellers.FORM;
    }

    @Override
    public byte[] toBinary(Object message) {
        Kryo kryo = writers.obtain();
        try (Output out = new Output(BUFFER, MESSAGE_BYTES_MAX)) {
            kryo.writeClassAndObject(out, message);
            return out.toBytes();
        } finally {
            writers.free(kryo);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!manifest.equals(Travellers.FORM)) {
            throw new NotSerializableException(
                    "a message of form " + manifest + " (expected: " + Travellers.FORM + ", that of this build)");
        }
        Kryo kryo = writers.obtain();
        try (Input in = new Input(bytes)) {
            Object message = kryo.readClassAndObject(in);
            int left = in.limit() - in.position();
            if (left > 0) {
                throw new NotSerializableException("a message with " + left + " bytes after its end");
            }
            return message;
        } catch (RuntimeException e) {
            throw unreadable(e);
        } finally {
            writers.free(kryo);
        }
    }

    private static NotSerializableException unreadable(RuntimeException cause) {
        NotSerializableException refused = new NotSerializableException("no message of this build: " + cause);
        refused.initCause(cause);
        return refused;
    }
}
