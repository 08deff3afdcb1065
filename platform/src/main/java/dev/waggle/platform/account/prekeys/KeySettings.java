package dev.waggle.platform.account.prekeys;

import java.time.Duration;

/// When keys are drawn, rotated and compared.
///
/// @param batch one-time keys in an upload
/// @param low fewer than this at the server ask for an upload
/// @param rotation how long a signed pre-key is handed out
/// @param putOff how long a rotation waits that the server could not take
/// @param formerMax signed pre-keys that stay usable after their time, beside the present one
/// @param compareMin a comparison that was good holds for this long, until the process ends
/// @param repairMin keys are uploaded again because of a difference at most this often
/// @param retryMax the longest pause after a failed upload; pauses are Fibonacci seconds
public record KeySettings(
        int batch,
        int low,
        Duration rotation,
        Duration putOff,
        int formerMax,
        Duration compareMin,
        Duration repairMin,
        Duration retryMax) {
    /// The batch, the threshold and the 27 days are those of the official client.
    public static final KeySettings DEFAULT = new KeySettings(
            812,
            5,
            Duration.ofDays(27),
            Duration.ofDays(1),
            2,
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofSeconds(610));
}
