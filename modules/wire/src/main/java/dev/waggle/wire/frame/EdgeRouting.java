package dev.waggle.wire.frame;

import dev.waggle.address.Bytes;

/// The hint that a returning client may send before [Frames#INTRO], so that the edge routes it to where its data
/// is: `45 44 00 01`, 3 bytes of length, then the opaque bytes that an earlier stanza gave it. Not part of the
/// handshake prologue.
public final class EdgeRouting {
    /// `ED`, version 0.1.
    public static final Bytes MAGIC = Bytes.hex("45440001");

    /// More than any hint seen (a few tens of bytes), so that a stored hint cannot delay a connection.
    public static final int ROUTING_BYTES_MAX = 4096;

    private EdgeRouting() {}

    /// The bytes to send first; empty without routing info.
    ///
    /// @throws FrameException when the routing info is longer than [#ROUTING_BYTES_MAX]
    public static byte[] preamble(Bytes routingInfo) {
        int size = routingInfo.size();
        if (size == 0) {
            return new byte[0];
        }
        if (size > ROUTING_BYTES_MAX) {
            throw new FrameException("routing info", size + " bytes", "at most " + ROUTING_BYTES_MAX);
        }
        byte[] preamble = new byte[MAGIC.size() + Frames.HEADER_SIZE + size];
        System.arraycopy(MAGIC.unsafeArray(), 0, preamble, 0, MAGIC.size());
        System.arraycopy(Frames.header(size), 0, preamble, MAGIC.size(), Frames.HEADER_SIZE);
        System.arraycopy(routingInfo.unsafeArray(), 0, preamble, MAGIC.size() + Frames.HEADER_SIZE, size);
        return preamble;
    }
}
