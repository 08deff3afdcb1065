package dev.waggle.platform.port;

/// A message for something that lives on one node at a time. While that moves, sharding gives up what it kept for
/// it rather than deliver it out of order, and says so.
public interface Homeless {
    /// It was given up: whoever waits for an answer is told that it may ask again.
    void givenUp();
}
