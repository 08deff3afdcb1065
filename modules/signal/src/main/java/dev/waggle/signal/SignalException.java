package dev.waggle.signal;

/// Bytes or a call that the protocol does not allow: a malformed message or record, a bundle with a wrong
/// signature, an encryption without a session. The text is `name: value (expected: rule)`; no key ever stands in
/// it.
///
/// Decryption does not throw it: there a malformed message is an outcome.
public final class SignalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SignalException(String name, Object value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }
}
