package dev.waggle.storage.sqlite.file;

/// How a file is worked: reading connections 1..16, writes and reads that may wait, writes per commit, and whether
/// every commit is synced (`false` accepts losing the last moments when the power fails, never when the process
/// does).
public record FileSettings(int readers, int writeQueueMax, int readQueueMax, int groupMax, boolean synced) {
    public static final FileSettings DEFAULT = new FileSettings(3, 50_000, 10_000, 512, true);

    public FileSettings {
        require("readers", readers, 1, 16);
        require("writeQueueMax", writeQueueMax, 1, 1_000_000);
        require("readQueueMax", readQueueMax, 1, 1_000_000);
        require("groupMax", groupMax, 1, 10_000);
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + ".." + max + ")");
        }
    }
}
