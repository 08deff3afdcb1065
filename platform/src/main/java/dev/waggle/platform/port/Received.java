package dev.waggle.platform.port;

import dev.waggle.stanza.Stanza;
import dev.waggle.wire.node.Node;

/// A stanza as it came off a line, in socket order. Whoever takes it owes `line.settled(1)` when it is dealt with.
public record Received(Line line, Stanza stanza, Node node) {}
