package dev.waggle.simulator.server;

import dev.waggle.address.Bytes;

/// What is answered to a [HttpQuestion].
public record HttpReply(int status, String contentType, Bytes body) {}
