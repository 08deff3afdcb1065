package dev.waggle.noise;

/// The way in which two sides met.
public enum Pattern {
    /// The client did not know the server.
    XX,
    /// The client knew the server's key: logged in with the first message.
    IK,
    /// The client thought that it knew the server's key, and was shown another one.
    XX_FALLBACK
}
