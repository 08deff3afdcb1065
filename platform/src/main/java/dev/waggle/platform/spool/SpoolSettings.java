package dev.waggle.platform.spool;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/// What the spool takes.
///
/// @param fileBytesMax of one file, in the clear
/// @param bytesMax of all files of the node
/// @param keep how long a file stays that nobody needs
public record SpoolSettings(Path folder, long fileBytesMax, long bytesMax, Duration keep) {
    public static SpoolSettings of(Path dataDirectory, Config config) {
        Config own = config.getConfig("waggle.media");
        return new SpoolSettings(
                dataDirectory.resolve("media"),
                own.getBytes("file-bytes-max"),
                own.getBytes("spool-bytes-max"),
                own.getDuration("keep"));
    }
}
