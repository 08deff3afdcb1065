package dev.waggle.platform.cluster.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.waggle.address.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;

/// How values that are no records are written.
final class Forms {
    private Forms() {}

    static final class Actor extends Serializer<ActorRef<?>> {
        private final ActorRefResolver refs;

        Actor(ActorRefResolver refs) {
            super(false, true);
            this.refs = refs;
        }

        @Override
        public void write(Kryo kryo, Output out, ActorRef<?> ref) {
            kryo.writeObject(out, refs.toSerializationFormat(ref));
        }

        @Override
        public ActorRef<?> read(Kryo kryo, Input in, Class<? extends ActorRef<?>> type) {
            return refs.resolveActorRef(kryo.readObject(in, String.class));
        }
    }

    /// Bounded by what follows, unlike Kryo's own.
    static final class Text extends Serializer<String> {
        Text() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeVarInt(bytes.length, true);
            out.writeBytes(bytes);
        }

        @Override
        public String read(Kryo kryo, Input in, Class<? extends String> type) {
            return new String(in.readBytes(count(in)), StandardCharsets.UTF_8);
        }
    }

    /// A count that is not more than what can still follow: each item takes a byte at the least.
    private static int count(Input in) {
        int count = in.readVarInt(true);
        if (count < 0 || count > in.limit() - in.position()) {
            throw new KryoException("a collection of " + count + " (expected: no more than there are bytes)");
        }
        return count;
    }

    static final class Lists extends Serializer<List<?>> {
        Lists() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, List<?> list) {
            out.writeVarInt(list.size(), true);
            list.forEach(item -> kryo.writeClassAndObject(out, item));
        }

        @Override
        public List<?> read(Kryo kryo, Input in, Class<? extends List<?>> type) {
            int count = count(in);
            List<Object> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add(kryo.readClassAndObject(in));
            }
            return List.copyOf(list);
        }
    }

    static final class Sets extends Serializer<Set<?>> {
        Sets() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, Set<?> set) {
            out.writeVarInt(set.size(), true);
            set.forEach(item -> kryo.writeClassAndObject(out, item));
        }

        @Override
        public Set<?> read(Kryo kryo, Input in, Class<? extends Set<?>> type) {
            int count = count(in);
            Set<Object> set = new LinkedHashSet<>();
            for (int i = 0; i < count; i++) {
                set.add(kryo.readClassAndObject(in));
            }
            return Set.copyOf(set);
        }
    }

    static final class Maps extends Serializer<Map<?, ?>> {
        Maps() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, Map<?, ?> map) {
            out.writeVarInt(map.size(), true);
            map.forEach((key, value) -> {
                kryo.writeClassAndObject(out, key);
                kryo.writeClassAndObject(out, value);
            });
        }

        @Override
        public Map<?, ?> read(Kryo kryo, Input in, Class<? extends Map<?, ?>> type) {
            int count = count(in);
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                map.put(kryo.readClassAndObject(in), kryo.readClassAndObject(in));
            }
            return Map.copyOf(map);
        }
    }

    static final class ByteStrings extends Serializer<Bytes> {
        ByteStrings() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, Bytes bytes) {
            byte[] array = bytes.unsafeArray();
            out.writeVarInt(array.length, true);
            out.writeBytes(array);
        }

        @Override
        public Bytes read(Kryo kryo, Input in, Class<? extends Bytes> type) {
            return Bytes.wrap(in.readBytes(count(in)));
        }
    }

    static final class Moment extends Serializer<Instant> {
        Moment() {
            super(false, true);
        }

        @Override
        public void write(Kryo kryo, Output out, Instant at) {
            out.writeLong(at.getEpochSecond());
            out.writeInt(at.getNano());
        }

        @Override
        public Instant read(Kryo kryo, Input in, Class<? extends Instant> type) {
            return Instant.ofEpochSecond(in.readLong(), in.readInt());
        }
    }
}
