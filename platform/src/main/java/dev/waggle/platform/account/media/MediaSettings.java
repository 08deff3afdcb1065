package dev.waggle.platform.account.media;

import com.typesafe.config.Config;
import java.time.Duration;

/// The limits of transfers.
///
/// @param fileBytesMax of one file, in the clear
/// @param transfersMax uploads and downloads of the node under way at once
/// @param waitingMax those that wait for their turn; more are refused
/// @param askedMax files of one account that its phone is asked for at once
/// @param phoneMax how long the phone may take to answer
/// @param idleMax a host that sends or takes nothing for this long is left
/// @param transferMax one attempt at one host, whatever its speed
public record MediaSettings(
        long fileBytesMax,
        int transfersMax,
        int waitingMax,
        int askedMax,
        Duration phoneMax,
        Duration idleMax,
        Duration transferMax) {
    /// From here on an upload first asks how much of it is there.
    static final long RESUMED_FROM_BYTES = 5L << 20;

    public static MediaSettings from(Config config) {
        Config own = config.getConfig("waggle.media");
        return new MediaSettings(
                own.getBytes("file-bytes-max"),
                own.getInt("transfers-max"),
                own.getInt("waiting-max"),
                32,
                own.getDuration("phone-max"),
                own.getDuration("idle-max"),
                Duration.ofMinutes(15));
    }
}
