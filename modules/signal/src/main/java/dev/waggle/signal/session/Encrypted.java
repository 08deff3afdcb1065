package dev.waggle.signal.session;

import dev.waggle.address.Bytes;

/// A message under a session.
///
/// `mustStoreFirst` says that the stored record does not cover this counter: `next`, or a record made from it, must
/// be durable before the ciphertext leaves. Later ciphertexts of the chain wait for the same write, though they do
/// not say so. When the write fails, drop both: the old record was never used.
public record Encrypted(SessionRecord next, CiphertextType type, Bytes ciphertext, boolean mustStoreFirst) {}
