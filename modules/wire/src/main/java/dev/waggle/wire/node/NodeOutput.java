package dev.waggle.wire.node;

import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer that knows how lists, strings, bytes and JIDs look on the wire. Used again after [#finish()].
final class NodeOutput {
    private static final int START = 1 << 10;
    private static final int KEPT_MAX = 1 << 16;
    private static final int SHORT_MAX = 256;
    private static final int BINARY_20_MAX = 1 << 20;

    private byte[] buffer = new byte[START];
    private int at;

    void begin() {
        buffer[0] = 0;
        at = 1;
    }

    /// A copy of what was written since [#begin()].
    byte[] finish() {
        byte[] written = Arrays.copyOf(buffer, at);
        if (buffer.length > KEPT_MAX) {
            buffer = new byte[START];
        }
        return written;
    }

    private void room(int bytes) {
        if (buffer.length - at < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, at + bytes));
        }
    }

    private void put(int value) {
        buffer[at++] = (byte) value;
    }

    void list(int size) {
        room(3);
        if (size == 0) {
            put(Wap.LIST_EMPTY);
        } else if (size < SHORT_MAX) {
            put(Wap.LIST_8);
            put(size);
        } else if (size <= NodeLimits.DEFAULT.listItemsMax()) {
            put(Wap.LIST_16);
            u16(size);
        } else {
            throw new NodeException("list size", Integer.toString(size), "at most 65535");
        }
    }

    private void u16(int value) {
        put(value >> 8);
        put(value);
    }

    void bytes(byte[] bytes) {
        length(bytes.length);
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, at, bytes.length);
        at += bytes.length;
    }

    private void length(int size) {
        room(5);
        if (size < SHORT_MAX) {
            put(Wap.BINARY_8);
            put(size);
        } else if (size < BINARY_20_MAX) {
            put(Wap.BINARY_20);
            put(size >> 16);
            u16(size);
        } else {
            put(Wap.BINARY_32);
            u16(size >> 16);
            u16(size);
        }
    }

    void string(String text) {
        int code = Tokens.code(text);
        if (code == 0) {
            packedOrRaw(text);
            return;
        }
        room(2);
        if (code > 0xFF) {
            put(code >> 8);
        }
        put(code);
    }

    private void packedOrRaw(String text) {
        int length = text.length();
        int kinds = length == 0 || length > Packing.CHARS_MAX ? 0 : Packing.kinds(text);
        if (kinds == 0) {
            raw(text);
            return;
        }
        room(2 + Packing.CHARS_MAX);
        put((kinds & Packing.NIBBLE) != 0 ? Wap.NIBBLE_8 : Wap.HEX_8);
        put(((length + 1) >> 1) | ((length & 1) << 7));
        at = Packing.pack(text, buffer, at);
    }

    private void raw(String text) {
        int length = text.length();
        if (length >= SHORT_MAX) {
            bytes(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        room(2 + length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            buffer[at + 2 + i] = (byte) c;
        }
        put(Wap.BINARY_8);
        put(length);
        at += length;
    }

    void jid(Jid jid) {
        if (jid.agent() != 0) {
            throw new NodeException("jid agent", Integer.toString(jid.agent()), "0, for the wire has no place for one");
        }
        switch (jid.server()) {
            case JidServer.PN -> user(jid, Wap.DOMAIN_PN);
            case JidServer.LID -> user(jid, Wap.DOMAIN_LID);
            case JidServer.HOSTED -> device(jid, Wap.DOMAIN_HOSTED);
            case JidServer.HOSTED_LID -> device(jid, Wap.DOMAIN_HOSTED_LID);
            case JidServer.MESSENGER -> messenger(jid);
            case JidServer.INTEROP -> interop(jid);
            default -> pair(jid);
        }
    }

    private void user(Jid jid, int domain) {
        if (jid.device() == 0) {
            pair(jid);
        } else {
            device(jid, domain);
        }
    }

    private void device(Jid jid, int domain) {
        if (jid.device() > 0xFF) {
            throw new NodeException("jid device", Integer.toString(jid.device()), "0..255");
        }
        room(3);
        put(Wap.AD_JID);
        put(domain);
        put(jid.device());
        string(jid.user());
    }

    private void pair(Jid jid) {
        if (jid.device() != 0) {
            throw new NodeException("jid device", jid.toString(), "none at this server");
        }
        room(2);
        put(Wap.JID_PAIR);
        if (jid.user().isEmpty()) {
            put(Wap.LIST_EMPTY);
        } else {
            string(jid.user());
        }
        string(jid.server());
    }

    private void messenger(Jid jid) {
        room(1);
        put(Wap.MESSENGER_JID);
        string(jid.user());
        room(2);
        u16(jid.device());
        string(jid.server());
    }

    /// Without the server: web clients write it so, and the server does not expect one from them.
    private void interop(Jid jid) {
        int integrator = Interop.integrator(jid.user());
        if (integrator == 0 && jid.device() == 0) {
            pair(jid);
            return;
        }
        room(1);
        put(Wap.INTEROP_JID);
        string(integrator == 0 ? jid.user() : jid.user().substring(jid.user().indexOf('-') + 1));
        room(4);
        u16(jid.device());
        u16(integrator);
    }
}
