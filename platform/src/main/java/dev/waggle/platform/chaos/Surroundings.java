package dev.waggle.platform.chaos;

import java.net.URI;

/// What stays while a node is killed.
///
/// @param whatsapp the simulated server's socket
/// @param admin its admin routes
/// @param rootKey hex
/// @param main the class whose `serve` is a node, on the class path of this process
public record Surroundings(URI whatsapp, URI admin, String rootKey, String main) {}
