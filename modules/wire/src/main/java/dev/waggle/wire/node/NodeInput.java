package dev.waggle.wire.node;

import dev.waggle.address.AddressException;
import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A cursor over a payload that reads names, values, strings and JIDs, each checked against the bytes that are
/// left.
final class NodeInput {
    private static final byte[] INTEROP_SERVER = {(byte) Wap.BINARY_8, 7, 'i', 'n', 't', 'e', 'r', 'o', 'p'};

    private final byte[] in;
    private int at;
    private byte[] unpacked = new byte[0];

    NodeInput(byte[] in, int at) {
        this.in = in;
        this.at = at;
    }

    int u8() {
        if (at >= in.length) {
            throw ended(1);
        }
        return in[at++] & 0xFF;
    }

    int u16() {
        requireLeft(2);
        int value = ((in[at] & 0xFF) << 8) | (in[at + 1] & 0xFF);
        at += 2;
        return value;
    }

    void requireLeft(int bytes) {
        if (bytes > in.length - at) {
            throw ended(bytes);
        }
    }

    private NodeException ended(int bytes) {
        return new NodeException("bytes left", Integer.toString(in.length - at), "at least " + bytes);
    }

    void requireEnd() {
        if (at != in.length) {
            throw new NodeException("bytes after the node", Integer.toString(in.length - at), "none");
        }
    }

    NodeException unexpected(int tag, String rule) {
        return new NodeException("byte " + (at - 1), String.format("0x%02X", tag), rule);
    }

    /// The size of a binary whose tag was just read; checked against the bytes left.
    int length(int tag) {
        int length = switch (tag) {
            case Wap.BINARY_8 -> u8();
            case Wap.BINARY_20 -> ((u8() & 0x0F) << 16) | u16();
            default -> (u16() << 16) | u16();
        };
        if (length < 0) {
            throw new NodeException("binary size", Integer.toUnsignedString(length), "less than 2 GiB");
        }
        requireLeft(length);
        return length;
    }

    byte[] bytes(int length) {
        at += length;
        return Arrays.copyOfRange(in, at - length, at);
    }

    /// A tag or an attribute name: a string that is not empty and not a JID.
    String name(String what) {
        String name = string(u8());
        if (name.isEmpty()) {
            throw new NodeException(what, "empty", "a name");
        }
        return name;
    }

    /// A string or a JID.
    Object value(int tag) {
        return switch (tag) {
            case Wap.JID_PAIR -> pair();
            case Wap.AD_JID -> device();
            case Wap.MESSENGER_JID -> messenger();
            case Wap.INTEROP_JID -> interop();
            default -> string(tag);
        };
    }

    /// No JID may stand here: parts of a JID come through, and a JID inside a JID would nest without end.
    String string(int tag) {
        if (tag > 0 && tag < Wap.DICTIONARY_0) {
            return Tokens.single(tag);
        }
        return switch (tag) {
            case Wap.LIST_EMPTY -> "";
            case Wap.BINARY_8, Wap.BINARY_20, Wap.BINARY_32 -> text(length(tag));
            case Wap.NIBBLE_8 -> packed(true);
            case Wap.HEX_8 -> packed(false);
            default -> {
                if (tag > Wap.DICTIONARY_3) {
                    throw unexpected(tag, "a string");
                }
                yield Tokens.paged(tag - Wap.DICTIONARY_0, u8());
            }
        };
    }

    private String text(int length) {
        at += length;
        return new String(in, at - length, length, StandardCharsets.UTF_8);
    }

    private String packed(boolean nibbles) {
        int head = u8();
        int size = head & 0x7F;
        boolean odd = head > 0x7F;
        if (odd && size == 0) {
            throw new NodeException("packed size", "half of nothing", "at least 1 byte");
        }
        requireLeft(size);
        if (unpacked.length < 2 * size) {
            unpacked = new byte[Math.max(48, 2 * size)];
        }
        if (size < Packing.WORD || !unpackWords(size, odd, nibbles)) {
            unpackBytes(size, odd, nibbles);
        }
        at += size;
        return new String(unpacked, 0, odd ? 2 * size - 1 : 2 * size, StandardCharsets.ISO_8859_1);
    }

    /// False when a value is in no alphabet; which one it is, [#unpackBytes] finds. The last word begins where it
    /// ends with the text, over the one before.
    private boolean unpackWords(int size, boolean odd, boolean nibbles) {
        int last = size - Packing.WORD;
        for (int i = 0; i < last; i += Packing.WORD) {
            if (!unpackWord(Packing.spread(in, at + i), nibbles, 2 * i)) {
                return false;
            }
        }
        long values = Packing.spread(in, at + last);
        // The low half of the last byte only fills it, whatever it holds.
        return unpackWord(odd ? values & ~0xFL : values, nibbles, 2 * last);
    }

    private boolean unpackWord(long values, boolean nibbles, int to) {
        if (nibbles && !Packing.areNibbles(values)) {
            return false;
        }
        Packing.characters(values, nibbles, unpacked, to);
        return true;
    }

    private void unpackBytes(int size, boolean odd, boolean nibbles) {
        int last = size - 1;
        for (int i = 0; i <= last; i++) {
            int packed = in[at + i] & (odd && i == last ? 0xF0 : 0xFF);
            short pair = nibbles ? Packing.nibblePair(packed) : Packing.hexPair(packed);
            if (pair == Packing.NO_PAIR) {
                at += i + 1;
                throw unexpected(packed, "two of " + Packing.NIBBLES);
            }
            unpacked[2 * i] = (byte) (pair >> 8);
            unpacked[2 * i + 1] = (byte) pair;
        }
    }

    private Jid pair() {
        String user = string(u8());
        return jid(user, string(u8()), 0);
    }

    private Jid device() {
        int domain = u8();
        int device = u8();
        String server = switch (domain) {
            case Wap.DOMAIN_PN -> JidServer.PN;
            case Wap.DOMAIN_LID -> JidServer.LID;
            case Wap.DOMAIN_HOSTED_LID -> JidServer.HOSTED_LID;
            default -> hosted(domain);
        };
        return jid(string(u8()), server, device);
    }

    /// Web clients take every even domain above 128 for a hosted one.
    private static String hosted(int domain) {
        if (domain < Wap.DOMAIN_HOSTED || (domain & 1) != 0) {
            throw new NodeException("jid domain", Integer.toString(domain), "0, 1, 128 or 129");
        }
        return JidServer.HOSTED;
    }

    private Jid messenger() {
        String user = string(u8());
        int device = u16();
        String server = string(u8());
        if (!server.equals(JidServer.MESSENGER)) {
            throw new NodeException("jid server", server, JidServer.MESSENGER);
        }
        return jid(user, server, device);
    }

    /// The server's stanzas name the server here and those of clients do not. No dictionary has the name, so that
    /// its bytes are hardly the value that comes next.
    private Jid interop() {
        String user = string(u8());
        int device = u16();
        int integrator = u16();
        int end = at + INTEROP_SERVER.length;
        if (end <= in.length && Arrays.equals(in, at, end, INTEROP_SERVER, 0, INTEROP_SERVER.length)) {
            at = end;
        }
        return jid(Interop.user(integrator, user), JidServer.INTEROP, device);
    }

    private static Jid jid(String user, String server, int device) {
        try {
            return new Jid(user, server, 0, device);
        } catch (AddressException e) {
            throw new NodeException("jid", user + '@' + server, "a user without @ and :, and a server");
        }
    }
}
