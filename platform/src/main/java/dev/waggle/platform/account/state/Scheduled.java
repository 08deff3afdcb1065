package dev.waggle.platform.account.state;

import dev.waggle.proto.journal.Intent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Sends that wait for their time. Until one is released by the journal it has certainly not left.
public final class Scheduled {
    private Scheduled() {}

    public static boolean waits(Intent intent) {
        return intent.getSendAtMillis() != 0 && !intent.getReleased();
    }

    private static Stream<Intent> waiting(AccountState state) {
        return state.open().values().stream().filter(Scheduled::waits);
    }

    public static int count(AccountState state) {
        return (int) waiting(state).count();
    }

    public static Optional<Instant> earliest(AccountState state) {
        return waiting(state)
                .map(Intent::getSendAtMillis)
                .min(Comparator.naturalOrder())
                .map(Instant::ofEpochMilli);
    }

    /// Ids of those whose time has come, by their time; those of one moment in the order of acceptance.
    public static List<String> due(AccountState state, Instant now, int limit) {
        return waiting(state)
                .filter(intent -> intent.getSendAtMillis() <= now.toEpochMilli())
                .sorted(Comparator.comparingLong(Intent::getSendAtMillis))
                .limit(limit)
                .map(Intent::getMessageId)
                .toList();
    }
}
