package dev.waggle.platform.cluster.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.util.List;
import java.util.function.Function;

/// One kind of message between nodes: how it is written in Protobuf, and read again.
///
/// @param name stands beside the bytes, and is for ever
/// @param types the classes of its messages
public record Kind<T, M extends MessageLite>(
        String name, List<Class<? extends T>> types, Function<T, M> writer, Parser<M> parser, Function<M, T> reader) {
    public Kind {
        types = List.copyOf(types);
    }

    /// Of messages of one class.
    public static <T, M extends MessageLite> Kind<T, M> of(
            String name, Class<T> type, Function<T, M> writer, Parser<M> parser, Function<M, T> reader) {
        return new Kind<>(name, List.of(type), writer, parser, reader);
    }

    @SuppressWarnings("unchecked")
    MessageLite write(Object message) {
        return writer.apply((T) message);
    }

    /// @throws InvalidProtocolBufferException when that are no bytes of it
    /// @throws RuntimeException when a value in it breaks its rule
    Object read(byte[] bytes) throws InvalidProtocolBufferException {
        return reader.apply(parser.parseFrom(bytes));
    }
}
