package dev.waggle.signal.prekey;

import dev.waggle.signal.SignalException;

/// Ids of pre-keys: 24 bits, ascending, 1 follows the last.
public final class PreKeyIds {
    public static final int MAX = 0xFF_FFFF;

    private PreKeyIds() {}

    public static int after(int id) {
        return check(id) == MAX ? 1 : id + 1;
    }

    static int check(int id) {
        if (id < 0 || id > MAX) {
            throw new SignalException("pre-key-id", id, "0 to " + MAX);
        }
        return id;
    }
}
