package dev.waggle.storage.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is cached. The text is part of keys outside the process: it stays.
public enum CacheNamespace {
    /// Members of a group, by its JID.
    GROUP("group", 20_000, Duration.ofHours(1)),
    /// Devices of a user, by the user's preferred name.
    DEVICE_REGISTRY("device_registry", 100_000, Duration.ofHours(1)),
    /// Both names of a user, by the LID.
    LID_PN_BY_LID("lid_pn_by_lid", 100_000, null),
    /// Both names of a user, by the phone number.
    LID_PN_BY_PN("lid_pn_by_pn", 100_000, null);

    private final String text;
    private final CacheSettings.Room room;

    CacheNamespace(String text, int entriesMax, @Nullable Duration ttl) {
        this.text = text;
        this.room = new CacheSettings.Room(entriesMax, ttl);
    }

    public String text() {
        return text;
    }

    /// What it gets when nobody says otherwise. Mappings do not expire: they change by being learned anew.
    public CacheSettings.Room room() {
        return room;
    }
}
