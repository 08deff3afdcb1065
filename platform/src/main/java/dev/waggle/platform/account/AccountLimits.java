package dev.waggle.platform.account;

import java.time.Duration;

/// @param openSendsMax accepted sends without a server ack; at the limit a send is refused
/// @param unappliedMax journaled events whose store writes are not confirmed; at the limit commands are refused
/// @param idempotencyWindow how long a key finds the send that it was first used for
public record AccountLimits(int openSendsMax, int unappliedMax, Duration idempotencyWindow) {
    public static final AccountLimits DEFAULT = new AccountLimits(10_000, 4_096, Duration.ofDays(3));
}
