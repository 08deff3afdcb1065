package dev.waggle.simulator.check;

/// A map from long to long in two arrays, of limited size. When it is full, the older half is dropped at once, so
/// between half of `entriesMax` and all of it is remembered; [#forgotten()] says how many entries are gone. 32
/// bytes per entry at most.
final class LongTable {
    private static final int SMALLEST = 64;

    private final int halfMax;
    private Half young = new Half(SMALLEST);
    private Half old = new Half(0);
    private long forgotten;

    LongTable(int entriesMax) {
        this.halfMax = Math.max(1, entriesMax / 2);
    }

    private static final class Half {
        final long[] keys;
        final long[] values;
        int count;

        Half(int slots) {
            keys = new long[slots];
            values = new long[slots];
        }

        int slot(long key) {
            int mask = keys.length - 1;
            int at = Long.hashCode(key * 0x9E3779B97F4A7C15L) & mask;
            while (keys[at] != 0 && keys[at] != key) {
                at = at + 1 & mask;
            }
            return at;
        }

        long get(long key) {
            return keys.length == 0 ? 0 : values[slot(key)];
        }

        void put(long key, long value) {
            int at = slot(key);
            if (keys[at] == 0) {
                keys[at] = key;
                count++;
            }
            values[at] = value;
        }
    }

    /// Remembers the value for the key unless there is one.
    ///
    /// @return the value that was there, or 0 when there was none. Zero keys and values count as 1
    long putIfAbsent(long key, long value) {
        long safeKey = key == 0 ? 1 : key;
        long there = young.get(safeKey);
        long known = there != 0 ? there : old.get(safeKey);
        if (known == 0) {
            makeRoom();
            young.put(safeKey, value == 0 ? 1 : value);
        }
        return known;
    }

    boolean has(long key) {
        long safeKey = key == 0 ? 1 : key;
        return young.get(safeKey) != 0 || old.get(safeKey) != 0;
    }

    long forgotten() {
        return forgotten;
    }

    private void makeRoom() {
        if (young.count >= halfMax) {
            forgotten += old.count;
            old = young;
            young = new Half(SMALLEST);
        } else if (young.count * 2 >= young.keys.length) {
            grow();
        }
    }

    private void grow() {
        Half wider = new Half(young.keys.length * 2);
        for (int i = 0; i < young.keys.length; i++) {
            if (young.keys[i] != 0) {
                wider.put(young.keys[i], young.values[i]);
            }
        }
        young = wider;
    }
}
