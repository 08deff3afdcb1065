package dev.waggle.stanza;

import dev.waggle.wire.node.Node;

/// A stanza of a kind that this room does not know. The server expects a nack 488 for it when it carries an id.
public record Unknown(Node node) implements Stanza {}
