package dev.waggle.platform.chaos.storm;

import dev.waggle.platform.chaos.Checker;
import dev.waggle.platform.chaos.History;
import dev.waggle.platform.chaos.fleet.Fleet;
import dev.waggle.platform.chaos.fleet.FleetSettings;
import dev.waggle.platform.chaos.fleet.Resident;
import dev.waggle.platform.chaos.fleet.Roster;
import dev.waggle.platform.chaos.fleet.Seat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run: a fleet under traffic, faults one after the other, and a judgement over what everybody saw.
///
/// Faults that may take a node or the store away wait until everything is there again after the one before; the
/// others happen in the midst of them too.
public final class Storm implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(8);
    /// From then on it is worth to let servers optimize their code: each that starts again takes the processors
    /// from everybody for minutes.
    private static final Duration LONG = Duration.ofHours(2);

    private static final Duration WHOLE_MAX = Duration.ofMinutes(4);
    private static final Duration REST_MAX = Duration.ofMinutes(4);

    private final StormSettings settings;
    private final Consumer<String> out;
    private final Fleet fleet;
    private final Keeper keeper;
    private final Striker striker;
    private final List<Struck> strikes = new CopyOnWriteArrayList<>();
    private final List<String> stalled = new CopyOnWriteArrayList<>();
    /// Of faults that are not over yet.
    private final List<Thread> under = new ArrayList<>();
    private long began;

    /// Starts the fleet.
    ///
    /// @param out told what happens, a line at a time
    public static Storm over(StormSettings settings, Consumer<String> out) throws IOException, InterruptedException {
        FleetSettings fleet = new FleetSettings(
                settings.nodes(),
                settings.cassandraNodes(),
                true,
                settings.main(),
                settings.lasts().compareTo(LONG) >= 0,
                ANSWER_MAX,
                settings.node());
        return new Storm(settings, Fleet.start(fleet, out), out);
    }

    private Storm(StormSettings settings, Fleet fleet, Consumer<String> out) {
        this.settings = settings;
        this.out = out;
        this.fleet = fleet;
        this.keeper = new Keeper(fleet, out);
        this.striker = new Striker(fleet, keeper);
    }

    public StormReport run() throws IOException, InterruptedException {
        List<Resident> residents = new Roster(fleet).pair("bee", settings.accounts(), 1);
        out.accept(residents.size() + " accounts are paired");
        try (Watch watch = new Watch(fleet, residents);
                Talks talks = new Talks(fleet, residents, settings.perSecond())) {
            expectWhole(watch, "the beginning");
            began = System.nanoTime();
            blow(watch, talks);
            for (Thread one : under) {
                one.join();
            }
            fleet.mend();
            expectWhole(watch, "the last fault");
            stalled.addAll(talks.rest(REST_MAX));
            return report(talks.history(REST_MAX));
        }
    }

    private void expectWhole(Watch watch, String what) throws InterruptedException {
        if (!watch.awaitWhole(WHOLE_MAX)) {
            stalled.add("not whole " + WHOLE_MAX.toSeconds() + " s after " + what);
        }
    }

    private void blow(Watch watch, Talks talks) throws IOException, InterruptedException {
        Plan plan = new Plan(settings);
        while (strikes.size() + pending() < settings.faults() && !over() && stalled.isEmpty()) {
            Strike strike = plan.next();
            if (strike.kind().heavy()) {
                settle();
                if (!stalled.isEmpty()) {
                    break;
                }
            }
            TimeUnit.NANOSECONDS.sleep(strike.gap().toNanos());
            strike(strike, watch, talks);
        }
        // Traffic goes on until the time is over, when faults were what ended first.
        settle();
    }

    private boolean over() {
        return System.nanoTime() - began > settings.lasts().toNanos();
    }

    private long pending() {
        return under.stream().filter(Thread::isAlive).count();
    }

    /// Until all that was struck is well.
    private void settle() throws InterruptedException {
        for (Thread one : under) {
            one.join();
        }
        under.clear();
    }

    private @Nullable Seat struck(Strike strike) {
        return switch (strike.kind()) {
            case CASSANDRA_DOWN, CASSANDRA_SLOW, SOCKETS_CUT, CLOCK_JUMP -> null;
            default -> fleet.seats().get(strike.target());
        };
    }

    private void strike(Strike strike, Watch watch, Talks talks) throws IOException, InterruptedException {
        @Nullable Seat seat = struck(strike);
        Map<String, String> homes = seat == null ? Map.of() : watch.homes();
        Duration at = Duration.ofNanos(System.nanoTime() - began);
        long moment = System.nanoTime();
        if (!striker.begin(strike)) {
            out.accept("never came to it: " + strike);
            return;
        }
        long from = strike.kind() == Kind.FREEZE_IN_PERSIST ? System.nanoTime() : moment;
        out.accept(at.toSeconds() + " s, " + talks.done() + " texts: " + strike);
        under.add(Thread.ofVirtual().start(() -> last(strike, watch, homes, at, from)));
    }

    /// Ends the fault after its span, and waits until everything is well again.
    private void last(Strike strike, Watch watch, Map<String, String> homes, Duration at, long from) {
        try {
            Thread ending = Thread.ofVirtual().start(() -> endLater(strike));
            if (!strike.kind().heavy()) {
                ending.join();
                strikes.add(new Struck(strike, at, List.of(), null));
                return;
            }
            @Nullable Seat seat = struck(strike);
            Map<String, Duration> found = watch.online(seat, from, WHOLE_MAX);
            ending.join();
            boolean whole = watch.awaitWhole(WHOLE_MAX);
            Duration took = Duration.ofNanos(System.nanoTime() - from);
            List<Duration> away = new ArrayList<>();
            found.forEach((account, time) -> {
                if (seat == null || seat.name().equals(homes.get(account))) {
                    away.add(time);
                }
            });
            strikes.add(new Struck(strike, at, away, whole ? took : null));
            if (!whole) {
                stalled.add("not whole " + took.toSeconds() + " s after " + strike);
            }
            out.accept("  " + strike.kind().text() + (whole ? ": all whole after " : ": still not whole after ")
                    + took.toMillis() + " ms, " + away.size()
                    + " accounts were away, at most "
                    + away.stream()
                            .max(Duration::compareTo)
                            .map(Duration::toMillis)
                            .orElse(0L) + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endLater(Strike strike) {
        try {
            TimeUnit.NANOSECONDS.sleep(strike.span().toNanos());
            striker.end(strike);
        } catch (IOException | IllegalStateException e) {
            stalled.add(strike + " did not end: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StormReport report(History history) {
        stalled.addAll(keeper.failures().stream()
                .map(failure -> "a start failed: " + failure)
                .toList());
        return new StormReport(
                settings,
                history.sends().size(),
                history.said().size(),
                history.log().size(),
                keeper.ended(),
                Duration.ofNanos(System.nanoTime() - began),
                strikes,
                stalled,
                Checker.check(history),
                Plant.missed(history));
    }

    /// Where logs and data are.
    public Path directory() {
        return fleet.directory();
    }

    @Override
    public void close() {
        keeper.close();
        fleet.close();
    }
}
