package dev.waggle.benchmarks.load;

import dev.waggle.benchmarks.stage.Town.Presence;
import java.util.Collection;
import java.util.List;

/// The logins of accounts as the server saw them, by time in milliseconds since the first.
record Dials(long first, Spans times) {
    /// @param from in epoch milliseconds; who came before is left out
    static Dials since(long from, Collection<Presence> all) {
        long first = all.stream()
                .mapToLong(Presence::came)
                .filter(came -> came >= from)
                .min()
                .orElse(from);
        return new Dials(
                first - from,
                Spans.of(all.stream()
                        .filter(one -> one.came() >= from)
                        .map(one -> (double) (one.came() - first))
                        .toList()));
    }

    /// The most logins within any span of that length.
    int most(long millis) {
        List<Double> sorted = times.sorted();
        int most = 0;
        for (int from = 0, to = 0; to < sorted.size(); to++) {
            while (sorted.get(to) - sorted.get(from) > millis) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    void figures(Sheet sheet) {
        sheet.tell("cold-start.first", first / 1e3, "s");
        sheet.tell("cold-start.half", times.at(0.5) / 1e3, "s");
        sheet.tell("cold-start.all", times.at(1) / 1e3, "s");
        sheet.tell("cold-start.most-in-1s", most(1_000), "logins");
        sheet.tell("cold-start.most-in-10s", most(10_000), "logins");
    }
}
