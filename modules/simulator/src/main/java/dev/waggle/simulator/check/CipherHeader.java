package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;

/// What can be read of a ciphertext without its key. Every form begins with the version byte `33`.
public sealed interface CipherHeader {
    /// A ratchet message (`enc type=msg`): the key of its chain (32 bytes), the counter in it, and all its bytes.
    record Ratchet(Bytes ratchetKey, long counter, Bytes whole) implements CipherHeader {}

    /// A message that opens a session (`enc type=pkmsg`), around its first ratchet message.
    record Opening(long registrationId, Bytes identityKey, long signedKeyId, Ratchet inner) implements CipherHeader {}

    /// A group message (`enc type=skmsg`). The signature is left out of `ciphertext`: it is random.
    record Group(long keyId, long iteration, Bytes ciphertext) implements CipherHeader {}

    /// @param type the `type` of the `enc`
    /// @throws FieldException when the bytes are not such a message
    static CipherHeader read(String type, Bytes bytes) {
        return switch (type) {
            case "msg" -> ratchet(bytes);
            case "pkmsg" -> opening(bytes);
            case "skmsg" -> group(bytes);
            default -> throw new FieldException("enc.type", type, "msg, pkmsg or skmsg");
        };
    }

    private static Ratchet ratchet(Bytes bytes) {
        Fields fields = Fields.read("signal message", body("signal message", bytes, 8));
        block(fields, 4);
        return new Ratchet(fields.requireKey(1), counter(fields, 2), bytes);
    }

    private static Opening opening(Bytes bytes) {
        Fields fields = Fields.read("pre-key message", body("pre-key message", bytes, 0));
        fields.requireKey(2);
        return new Opening(
                fields.requireNumber(5), fields.requireKey(3), fields.requireNumber(6), ratchet(fields.require(4)));
    }

    private static Group group(Bytes bytes) {
        Fields fields = Fields.read("sender key message", body("sender key message", bytes, 64));
        return new Group(fields.requireNumber(1), counter(fields, 2), block(fields, 3));
    }

    private static Bytes body(String name, Bytes bytes, int tail) {
        if (bytes.size() < 2 + tail || bytes.get(0) != 0x33) {
            throw new FieldException(name, bytes.size() + " bytes", "version byte 33 and more than " + tail + " bytes");
        }
        return bytes.slice(1, bytes.size() - tail);
    }

    private static long counter(Fields fields, int number) {
        long counter = fields.requireNumber(number);
        if (counter < 0 || counter > 0xffff_ffffL) {
            throw new FieldException("counter", Long.toString(counter), "32 bits");
        }
        return counter;
    }

    private static Bytes block(Fields fields, int number) {
        Bytes ciphertext = fields.require(number);
        if (ciphertext.isEmpty() || ciphertext.size() % 16 != 0) {
            throw new FieldException("ciphertext", ciphertext.size() + " bytes", "whole blocks of 16");
        }
        return ciphertext;
    }
}
