package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;

/// A ciphertext with the `type` of its `enc`.
record Cipher(String type, Bytes bytes) {
    boolean opensSession() {
        return type.equals("pkmsg");
    }

    /// The same with its last byte changed: no receiver can read it.
    Cipher spoiled() {
        byte[] changed = bytes.toArray();
        changed[changed.length - 1] ^= 1;
        return new Cipher(type, Bytes.wrap(changed));
    }
}
