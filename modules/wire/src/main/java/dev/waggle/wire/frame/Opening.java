package dev.waggle.wire.frame;

import dev.waggle.address.Bytes;
import java.util.Arrays;

/// What a server reads first on a connection: an optional edge-routing preamble, then [Frames#INTRO].
public sealed interface Opening {
    /// Not all of it has arrived.
    record Partial() implements Opening {}

    /// @param routingInfo empty when the client sent no preamble
    /// @param size how many of the bytes were the opening; frames begin there
    record Whole(Bytes routingInfo, int size) implements Opening {}

    /// @param received everything since the connection was opened
    /// @throws FrameException as soon as the bytes cannot become an opening
    static Opening read(byte[] received) {
        if (received.length > 0 && received[0] != EdgeRouting.MAGIC.get(0)) {
            return intro(received, 0, Bytes.EMPTY);
        }
        int head = EdgeRouting.MAGIC.size() + Frames.HEADER_SIZE;
        if (!begins(received, 0, EdgeRouting.MAGIC, "edge routing") || received.length < head) {
            return new Partial();
        }
        int size =
                ((received[head - 3] & 0xFF) << 16) | ((received[head - 2] & 0xFF) << 8) | (received[head - 1] & 0xFF);
        if (size > EdgeRouting.ROUTING_BYTES_MAX) {
            throw new FrameException("routing info", size + " bytes", "at most " + EdgeRouting.ROUTING_BYTES_MAX);
        }
        if (received.length < head + size) {
            return new Partial();
        }
        return intro(received, head + size, Bytes.wrap(Arrays.copyOfRange(received, head, head + size)));
    }

    private static Opening intro(byte[] received, int from, Bytes routingInfo) {
        boolean whole = begins(received, from, Frames.INTRO, "intro");
        return whole ? new Whole(routingInfo, from + Frames.INTRO.size()) : new Partial();
    }

    /// False when what is there fits but more is needed.
    private static boolean begins(byte[] received, int from, Bytes expected, String name) {
        int there = Math.min(received.length - from, expected.size());
        if (!Arrays.equals(received, from, from + there, expected.unsafeArray(), 0, there)) {
            String shown =
                    Bytes.of(Arrays.copyOfRange(received, from, from + there)).toHex();
            throw new FrameException(name, shown, expected.toHex());
        }
        return there == expected.size();
    }
}
