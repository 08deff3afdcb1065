package dev.waggle.storage.cache;

import dev.waggle.address.AccountId;
import dev.waggle.address.AddressException;

/// Where a value is kept: an account's, in a namespace, under a name of 1 to 255 characters.
public record CacheKey(AccountId account, CacheNamespace namespace, String name) {
    public static final int NAME_MAX = 255;

    public CacheKey {
        if (name.isEmpty() || name.length() > NAME_MAX) {
            throw new AddressException("cache name", name.length() + " characters", "1.." + NAME_MAX + " characters");
        }
    }

    /// Shows no name: it may be a phone number.
    @Override
    public String toString() {
        return "CacheKey[" + account + " " + namespace.text() + "]";
    }
}
