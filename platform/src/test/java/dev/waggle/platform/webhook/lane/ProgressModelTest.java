package dev.waggle.platform.webhook.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.proto.journal.MessageBody;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.PublicEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A delivery in miniature, driven by chance: pages arrive late and old, receivers take, refuse and lose, the
/// process dies at any moment and goes on from the last cursor that was stored.
class ProgressModelTest {
    private static final int RUNS = 400;
    private static final int STEPS_MAX = 60_000;

    @ParameterizedTest
    @EnumSource(Ordering.class)
    void each_event_is_settled_in_order_and_nothing_is_held_beyond_the_limits(Ordering ordering) {
        for (int seed = 0; seed < RUNS; seed++) {
            new World(seed, ordering).run();
        }
    }

    private record Behind(Progress.Need.Behind need, List<Item> page, boolean ended) {}

    private static final class World {
        private final String name;
        private final Random random;
        private final Ordering ordering;
        private final Progress.Limits limits;
        private final int page;
        private final int pace;
        private final int total;
        private final int chats;
        private final int unwanted;
        private final List<Item> log = new ArrayList<>();
        private final List<Item> underWay = new ArrayList<>();
        private final Set<Long> settled = new HashSet<>();
        private final Map<String, Long> lastOfLane = new HashMap<>();
        private int taken;
        private int crashes;
        private long now;
        private boolean calm;
        private Progress progress;
        private Cursor durable = Cursor.at(0);
        private @Nullable Cursor writing;
        private int writingCount;
        private @Nullable List<Item> ahead;
        private @Nullable Behind behind;

        World(int seed, Ordering ordering) {
            this.name = ordering + " " + seed;
            this.random = new Random(seed);
            this.ordering = ordering;
            this.page = 1 + random.nextInt(24);
            this.pace = 1 + random.nextInt(20);
            this.limits = new Progress.Limits(
                    1 + random.nextInt(8), 1 + random.nextInt(5), page + random.nextInt(12), 2 + random.nextInt(6), 50);
            this.total = 20 + random.nextInt(120);
            this.chats = 1 + random.nextInt(9);
            this.unwanted = Math.max(0, random.nextInt(14) - 5);
            this.progress = new Progress(ordering, limits, durable);
        }

        void run() {
            for (int step = 0; !done(); step++) {
                assertThat(step)
                        .as("%s stands still at %s", name, progress.cursor())
                        .isLessThan(STEPS_MAX);
                calm = step > STEPS_MAX / 2 || settled.size() > wanted(log).size() * 3 / 4 && log.size() == total;
                now += random.nextInt(20);
                step();
                assertThat(progress.held()).as(name).isLessThanOrEqualTo(limits.bufferMax() + limits.maxInFlight());
            }
            assertThat(settled).as(name).hasSize(wanted(log).size());
            assertThat(taken).as(name).isLessThanOrEqualTo(total + crashes * limits.maxInFlight());
        }

        private boolean done() {
            return log.size() == total
                    && progress.read() == total
                    && progress.cursor().lanes().isEmpty();
        }

        private void step() {
            switch (random.nextInt(calm ? 9 : 10)) {
                case 0, 1 -> append();
                case 2 -> readAhead();
                case 3 -> readBehind();
                case 4 -> arrive();
                case 5, 6 -> send();
                case 7 -> end();
                case 8 -> store();
                default -> crash();
            }
        }

        private void append() {
            if (log.size() < total && random.nextInt(pace) == 0) {
                PublicEvent event = PublicEvent.newBuilder()
                        .setSequence(log.size() + 1)
                        .setAtMillis(1 + now)
                        .setType(random.nextInt(10) < unwanted ? "unwanted" : "")
                        .setMessage(MessageBody.newBuilder()
                                .setChat(Party.newBuilder().setJid("chat" + random.nextInt(chats))))
                        .build();
                log.add(Item.of(ordering, event));
            }
        }

        private List<Item> after(long sequence) {
            return log.stream()
                    .filter(item -> item.sequence() > sequence)
                    .limit(page)
                    .toList();
        }

        private static List<Item> wanted(List<Item> page) {
            return page.stream()
                    .filter(item -> item.event().getType().isEmpty())
                    .toList();
        }

        private static long lastOf(List<Item> page, long otherwise) {
            return page.isEmpty() ? otherwise : page.getLast().sequence();
        }

        private void readAhead() {
            if (ahead == null) {
                progress.ahead(now).ifPresent(need -> ahead = after(need.after()));
            }
        }

        private void readBehind() {
            if (behind == null) {
                progress.behind(now).ifPresent(need -> {
                    List<Item> found = after(need.after());
                    behind = new Behind(need, found, found.size() < page);
                });
            }
        }

        private void arrive() {
            List<Item> first = ahead;
            Behind second = behind;
            if (first != null && random.nextBoolean()) {
                ahead = null;
                // At the end of the log a reader waits, and gets what came meanwhile.
                List<Item> page = first.isEmpty() ? after(progress.read()) : first;
                progress.ahead(wanted(page), lastOf(page, progress.read()));
            } else if (second != null) {
                behind = null;
                long last = lastOf(second.page(), second.need().after());
                progress.behind(
                        second.need(), wanted(second.page()), second.need().reach(last, second.ended()));
            }
        }

        private void send() {
            boolean ready = progress.ready(now);
            Optional<Item> next = progress.next(now);
            assertThat(next.isPresent()).as(name).isEqualTo(ready);
            next.ifPresent(this::sent);
        }

        private void sent(Item item) {
            assertThat(underWay)
                    .as("%s: one of a lane at a time", name)
                    .noneMatch(other -> other.lane().equals(item.lane()));
            underWay.add(item);
            assertThat(underWay.size()).as(name).isLessThanOrEqualTo(limits.maxInFlight());
        }

        private void end() {
            if (underWay.isEmpty()) {
                return;
            }
            Item item = underWay.remove(random.nextInt(underWay.size()));
            int fate = calm ? 0 : random.nextInt(10);
            if (fate < 6) {
                taken++;
                settle(item);
                progress.delivered(item);
            } else if (fate == 6) {
                settle(item);
                progress.buried(item);
            } else {
                // Taken, and the answer was lost: that is no settling, and may be seen again.
                Duration hold = random.nextInt(8) == 0 ? Duration.ofMillis(30) : Duration.ZERO;
                progress.failed(item, now, Duration.ofMillis(random.nextInt(80)), hold, "status 500");
            }
        }

        /// Nothing overtakes within a lane: whatever is settled first had everything before it settled.
        private void settle(Item item) {
            if (settled.add(item.sequence())) {
                long before = lastOfLane.getOrDefault(item.lane(), 0L);
                assertThat(item.sequence()).as("%s: %s", name, item.lane()).isGreaterThan(before);
                boolean skipped = wanted(log).stream()
                        .filter(other -> other.lane().equals(item.lane()) && other.sequence() < item.sequence())
                        .anyMatch(other -> !settled.contains(other.sequence()));
                assertThat(skipped)
                        .as("%s: something before %s was skipped", name, item.sequence())
                        .isFalse();
                lastOfLane.put(item.lane(), item.sequence());
            }
        }

        private void store() {
            Cursor stored = writing;
            if (stored == null) {
                writing = progress.cursor();
                writingCount = progress.unstored();
            } else {
                writing = null;
                durable = stored;
                progress.stored(writingCount);
            }
        }

        private void crash() {
            if (random.nextInt(10) > 0) {
                return;
            }
            crashes++;
            underWay.clear();
            ahead = null;
            behind = null;
            if (writing != null && random.nextBoolean()) {
                // The write got through, the news of it did not.
                durable = writing;
            }
            writing = null;
            progress = new Progress(ordering, limits, durable);
        }
    }
}
