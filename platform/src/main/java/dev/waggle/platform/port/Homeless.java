package dev.waggle.platform.port;

/// A message for something that lives on one node at a time. While that moves, sharding gives up what it kept for
/// it rather than deliver it out of order, and says so; what moves by itself ends before it begins elsewhere.
public interface Homeless {
    /// It was given up: whoever waits for an answer is told that it may ask again, unless it does so anyway.
    void givenUp();
}
