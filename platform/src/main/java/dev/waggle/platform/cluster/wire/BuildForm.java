package dev.waggle.platform.cluster.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import com.google.protobuf.UnsafeByteOperations;
import dev.waggle.proto.nodes.InBuild;
import org.apache.pekko.actor.typed.ActorRefResolver;

/// What only nodes of one build say to each other, written by Kryo: only types of [Travellers], each by its number.
/// Whoever meets another form asks [#reads] first, and refuses it by name.
final class BuildForm {
    private static final int BUFFER = 512;

    private final String form;
    private final Pool<Kryo> writers;

    BuildForm(String form, ActorRefResolver refs) {
        this.form = form;
        this.writers = new Pool<>(true, true, 32) {
            @Override
            protected Kryo create() {
                return Travellers.kryo(refs);
            }
        };
    }

    /// @throws IllegalArgumentException when a type in it may not travel, or it is too large
    InBuild write(Object value) {
        Kryo kryo = writers.obtain();
        try (Output out = new Output(BUFFER, WireSerializer.MESSAGE_BYTES_MAX)) {
            kryo.writeClassAndObject(out, value);
            return InBuild.newBuilder()
                    .setForm(form)
                    .setBody(UnsafeByteOperations.unsafeWrap(out.toBytes()))
                    .build();
        } finally {
            writers.free(kryo);
        }
    }

    boolean reads(InBuild written) {
        return written.getForm().equals(form);
    }

    /// @throws RuntimeException when that are no bytes of this form, or of something else
    <T> T read(InBuild written, Class<T> type) {
        Kryo kryo = writers.obtain();
        try (Input in = new Input(written.getBody().toByteArray())) {
            Object value = kryo.readClassAndObject(in);
            int left = in.limit() - in.position();
            if (left > 0) {
                throw new KryoException("a message with " + left + " bytes after its end");
            }
            if (!type.isInstance(value)) {
                throw new KryoException("a message of another type (expected: " + type.getSimpleName() + ")");
            }
            return type.cast(value);
        } finally {
            writers.free(kryo);
        }
    }
}
