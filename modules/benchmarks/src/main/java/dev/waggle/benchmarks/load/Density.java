package dev.waggle.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// How much memory a node needs for each idle account that is ONLINE, and for each contact and group that such an
/// account has heard of.
///
/// The node is started again before it is looked at, so that what making thousands of accounts left behind is not
/// counted. What it needs without an account is that of a node that is started over an empty store.
final class Density {
    private static final Duration ONLINE_MAX = Duration.ofMinutes(15);
    private static final int AT_ONCE = 16;

    private final DensitySettings settings;
    private final Path directory;
    private final Web web;
    private final Consumer<String> out;
    private final List<Figure> figures = new ArrayList<>();

    /// @param directory empty; data and logs stay there
    /// @param out told what happens, a line at a time
    Density(DensitySettings settings, Path directory, Web web, Consumer<String> out) {
        this.settings = settings;
        this.directory = directory;
        this.web = web;
        this.out = out;
    }

    List<Figure> run() throws IOException, InterruptedException {
        try (Town town = Town.start(directory, web, settings.strict())) {
            Figures empty;
            List<String> numbers;
            try (LoadedNode node = start(town)) {
                empty = settled(node, "empty");
                long began = System.nanoTime();
                numbers = new Settling(node, town, out).pair(0, settings.accounts());
                Settling.await(node::online, settings.accounts(), ONLINE_MAX, "accounts are ONLINE");
                tell("pairing", (System.nanoTime() - began) / 1e9, "s");
                tell("pairing.cpu", 1_000 * Figures.cpuSeconds(node.pid()) / settings.accounts(), "ms/account");
                Figures paired = settled(node, "paired");
                perAccount("after-pairing", paired, empty);
                node.end();
            }
            try (LoadedNode node = start(town)) {
                long began = System.nanoTime();
                Settling.await(node::online, settings.accounts(), ONLINE_MAX, "accounts are ONLINE");
                tell("cold-start", (System.nanoTime() - began) / 1e9, "s");
                tell("cold-start.cpu", 1_000 * Figures.cpuSeconds(node.pid()) / settings.accounts(), "ms/account");
                Figures idle = settled(node, "idle");
                perAccount("account", idle, empty);
                Figures known = contacts(node, town, numbers, idle);
                groups(node, town, numbers, known);
            }
            town.violations().forEach(violation -> out.accept("violation: " + violation));
        }
        return figures;
    }

    private LoadedNode start(Town town) throws IOException {
        return LoadedNode.start(directory, settings.flags(), settings.node(town.settings(settings.tls())), web);
    }

    private Figures settled(LoadedNode node, String what) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(settings.settleSeconds());
        out.accept(what + ", as it is: " + Figures.of(node.pid()));
        Figures collected = Figures.collected(node.pid());
        out.accept(what + ", collected: " + collected);
        return collected;
    }

    private void perAccount(String what, Figures now, Figures before) {
        per(what, now, before, settings.accounts());
    }

    private void per(String what, Figures now, Figures before, long count) {
        tell(what + ".rss", (double) (now.rssKib() - before.rssKib()) / count, "KiB");
        tell(what + ".heap", (double) (now.heapKib() - before.heapKib()) / count, "KiB");
    }

    private void tell(String name, double value, String unit) {
        Figure figure = new Figure("density." + name, value, unit);
        figures.add(figure);
        out.accept(figure.toString());
    }

    /// Each contact writes once to each account.
    private Figures contacts(LoadedNode node, Town town, List<String> numbers, Figures before)
            throws IOException, InterruptedException {
        if (settings.contacts() == 0) {
            return before;
        }
        for (int i = 0; i < settings.contacts(); i++) {
            String contact = town.contact("Contact " + i);
            var _ = Settling.each(numbers, AT_ONCE, number -> town.say(contact, number, "hello"));
        }
        heard(node, settings.contacts());
        Figures after = settled(node, "contacts");
        per("contact", after, before, (long) settings.contacts() * numbers.size());
        return after;
    }

    /// Until each account has published so many messages that it got.
    private void heard(LoadedNode node, int each) throws IOException, InterruptedException {
        for (int i = 0; i < settings.accounts(); i++) {
            String path = "/v1/accounts/" + Settling.name(i) + "/events?types=message.received&limit=1000";
            Settling.await(
                    () -> node.call("GET", path, "").path("items").size(),
                    each,
                    ONLINE_MAX,
                    "messages came to an account");
        }
    }

    /// Of each account so many groups of four, in which one contact writes once.
    private void groups(LoadedNode node, Town town, List<String> numbers, Figures before)
            throws IOException, InterruptedException {
        if (settings.groups() == 0) {
            return;
        }
        List<String> contacts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            contacts.add(town.contact("Contact " + i));
        }
        List<Integer> all =
                IntStream.range(0, settings.groups() * numbers.size()).boxed().toList();
        var _ = Settling.each(all, AT_ONCE, number -> {
            List<String> members = new ArrayList<>(contacts);
            members.add(numbers.get(number % numbers.size()));
            String group = town.group("Group " + number, members);
            return town.say(contacts.getFirst(), group, "hello all");
        });
        heard(node, settings.contacts() + settings.groups());
        per("group", settled(node, "groups"), before, all.size());
    }
}
