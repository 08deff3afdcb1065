package dev.waggle.stanza;

/// The server closes the stream in good order; the socket follows.
public record StreamEnd() implements Stanza {}
