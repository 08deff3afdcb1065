package dev.waggle.simulator.exchange;

/// One attachment of a device, counted up over the life of the server: a later one supersedes an earlier one.
public record ConnectionId(long value) {}
