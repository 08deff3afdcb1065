package dev.waggle.signal.session;

/// Which of the two session messages a ciphertext is: `pkmsg` until the other side has answered, `msg` from then
/// on.
public enum CiphertextType {
    PRE_KEY,
    WHISPER
}
