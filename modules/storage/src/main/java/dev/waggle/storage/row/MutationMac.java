package dev.waggle.storage.row;

import dev.waggle.address.Bytes;

/// The MAC of a value under the MAC of its index, as of the collection's version that set it.
public record MutationMac(Bytes indexMac, Bytes valueMac, long version) {}
