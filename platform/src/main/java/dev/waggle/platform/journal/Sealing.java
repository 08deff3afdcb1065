package dev.waggle.platform.journal;

import dev.waggle.address.Bytes;

/// How one account's payloads are sealed before they are stored.
public interface Sealing {
    Bytes seal(String kind, Bytes plaintext);

    /// @throws RuntimeException when the bytes were not sealed by this
    Bytes open(String kind, Bytes sealed);

    /// As it is: for tests, and for who says so explicitly.
    Sealing PLAIN = new Sealing() {
        @Override
        public Bytes seal(String kind, Bytes plaintext) {
            return plaintext;
        }

        @Override
        public Bytes open(String kind, Bytes sealed) {
            return sealed;
        }
    };
}
