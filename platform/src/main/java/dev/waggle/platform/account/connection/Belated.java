package dev.waggle.platform.account.connection;

/// A message that may come when its recipient has ended, and that nothing is lost with: it only says that something
/// of the recipient's is done, or it is what the server says again to the next link, since nobody acknowledged it.
public interface Belated {}
