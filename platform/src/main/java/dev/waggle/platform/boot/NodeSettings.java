package dev.waggle.platform.boot;

import dev.waggle.noise.RootKey;
import java.net.URI;
import java.nio.file.Path;

/// What a node is started with.
///
/// @param backend a name that a storage driver answers to
public record NodeSettings(URI whatsapp, RootKey rootKey, String backend, Path dataDirectory, String deviceName) {}
