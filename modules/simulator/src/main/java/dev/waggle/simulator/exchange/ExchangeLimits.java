package dev.waggle.simulator.exchange;

/// How much the exchange holds. A full offline queue refuses the message with 503 to its sender; a full directory,
/// group table or key stock refuses the question with 503.
public record ExchangeLimits(
        int usersMax,
        int groupsMax,
        int membersMax,
        int queuedPerDeviceMax,
        int keysPerDeviceMax,
        int reportEntriesMax) {
    public static final ExchangeLimits DEFAULT = new ExchangeLimits(100_000, 10_000, 1_024, 100_000, 10_000, 1_000_000);
}
