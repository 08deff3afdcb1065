package dev.waggle.platform.account.state;

import dev.waggle.proto.journal.Event;

/// A journaled event and its revision, until the stores have followed it.
public record Tail(long revision, Event event) {}
