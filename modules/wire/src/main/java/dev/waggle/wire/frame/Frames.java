package dev.waggle.wire.frame;

import dev.waggle.address.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a byte stream into payloads: 3 bytes of length, big-endian, then that many bytes. Chunk borders mean
/// nothing: a chunk
/// may hold several frames, a frame may span several chunks. Frames of length 0 are passed over.
///
/// One decoder per direction of a connection; not thread-safe. Between frames it holds no buffer.
public final class Frames {
    public static final int HEADER_SIZE = 3;

    /// What the length field can say: 2^24 - 1.
    public static final int FRAME_BYTES_MAX = (1 << 24) - 1;

    /// The first bytes of a connection, not framed: `WA`, protocol 6, dictionary 3. They are the prologue of the
    /// handshake.
    public static final Bytes INTRO = Bytes.hex("57410603");

    /// A partial frame starts with no more room than this, whatever length its header claims.
    private static final int ROOM_FIRST = 1 << 13;

    private final int frameBytesMax;
    private int headerBytes;
    private int length;
    private byte @Nullable [] partial;
    private int filled;

    /// @param frameBytesMax the longest payload to accept, 1..2^24 - 1
    public Frames(int frameBytesMax) {
        if (frameBytesMax < 1 || frameBytesMax > FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "frameBytesMax: " + frameBytesMax + " (expected: 1.." + FRAME_BYTES_MAX + ")");
        }
        this.frameBytesMax = frameBytesMax;
    }

    /// The payloads that the chunk completes, in order. The chunk is not kept.
    ///
    /// @throws FrameException when a header claims more than the limit; the decoder is of no use after that
    public List<byte[]> accept(byte[] chunk) {
        List<byte[]> frames = new ArrayList<>(1);
        int at = 0;
        while (at < chunk.length) {
            at = headerBytes < HEADER_SIZE ? header(chunk, at) : payload(chunk, at, frames);
        }
        return frames;
    }

    /// True when a frame has begun and not ended: a connection that closes now was cut.
    public boolean partial() {
        return headerBytes > 0;
    }

    private int header(byte[] chunk, int from) {
        int at = from;
        while (headerBytes < HEADER_SIZE && at < chunk.length) {
            length = (length << 8) | (chunk[at++] & 0xFF);
            headerBytes++;
        }
        if (headerBytes == HEADER_SIZE) {
            if (length > frameBytesMax) {
                throw new FrameException("frame length", Integer.toString(length), "at most " + frameBytesMax);
            }
            if (length == 0) {
                next();
            }
        }
        return at;
    }

    private int payload(byte[] chunk, int from, List<byte[]> frames) {
        int size = Math.min(length - filled, chunk.length - from);
        if (size == length) {
            frames.add(Arrays.copyOfRange(chunk, from, from + size));
            next();
            return from + size;
        }
        byte[] room = room(filled + size);
        System.arraycopy(chunk, from, room, filled, size);
        filled += size;
        if (filled == length) {
            frames.add(room.length == length ? room : Arrays.copyOf(room, length));
            next();
        }
        return from + size;
    }

    private byte[] room(int needed) {
        byte[] room = partial;
        if (room == null) {
            room = new byte[Math.min(length, Math.max(needed, ROOM_FIRST))];
        } else if (room.length < needed) {
            room = Arrays.copyOf(room, Math.min(length, Math.max(needed, 2 * room.length)));
        }
        partial = room;
        return room;
    }

    private void next() {
        headerBytes = 0;
        length = 0;
        filled = 0;
        partial = null;
    }

    /// The 3 bytes before a payload of that length.
    ///
    /// @throws FrameException when the length does not fit
    public static byte[] header(int payloadBytes) {
        if (payloadBytes < 0 || payloadBytes > FRAME_BYTES_MAX) {
            throw new FrameException("frame length", Integer.toString(payloadBytes), "0.." + FRAME_BYTES_MAX);
        }
        return new byte[] {(byte) (payloadBytes >> 16), (byte) (payloadBytes >> 8), (byte) payloadBytes};
    }

    /// Header and payload in one array.
    ///
    /// @throws FrameException when the payload is too long
    public static byte[] frame(byte[] payload) {
        byte[] header = header(payload.length);
        byte[] frame = Arrays.copyOf(header, HEADER_SIZE + payload.length);
        System.arraycopy(payload, 0, frame, HEADER_SIZE, payload.length);
        return frame;
    }
}
