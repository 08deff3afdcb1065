package dev.waggle.benchmarks.load;

import dev.waggle.benchmarks.stage.Figures;
import dev.waggle.benchmarks.stage.LoadedNode;
import dev.waggle.benchmarks.stage.Settling;
import dev.waggle.benchmarks.stage.Stage;
import dev.waggle.benchmarks.stage.Town;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// How much memory a node needs for each idle account that is ONLINE, and for each contact and group that such an
/// account has heard of.
///
/// The node is started again before it is looked at, so that what making thousands of accounts left behind is not
/// counted. What it needs without an account is that of a node that is started over an empty store.
final class Density {
    private static final int AT_ONCE = 16;

    private final DensitySettings settings;
    private final Stage stage;
    private final Town town;
    private final Sheet sheet;

    Density(DensitySettings settings, Stage stage) {
        this.settings = settings;
        this.stage = stage;
        this.town = stage.town();
        this.sheet = new Sheet("density", stage::tell);
    }

    List<Figure> run() throws IOException, InterruptedException {
        Settled empty;
        List<String> numbers;
        try (LoadedNode node = stage.node()) {
            empty = settled(node, "empty");
            long began = System.nanoTime();
            numbers = stage.populate(node, settings.accounts());
            sheet.tell("pairing", (System.nanoTime() - began) / 1e9, "s");
            sheet.tell("pairing.cpu", cpuPerAccount(node, empty), "ms/account");
            per("after-pairing", settled(node, "paired"), empty, settings.accounts());
            node.end();
        }
        long from = System.currentTimeMillis();
        try (LoadedNode node = stage.node()) {
            // The server's word first: a node that begins shows what the one before it saw last.
            Settling.await(() -> loggedIn(from), settings.accounts(), Settling.ONLINE_MAX, "accounts are logged in");
            Settling.await(node::online, settings.accounts(), Settling.ONLINE_MAX, "accounts are ONLINE");
            Dials.since(from, town.attendance()).figures(sheet);
            sheet.tell("cold-start.cpu", cpuPerAccount(node, empty), "ms/account");
            Settled idle = settled(node, "idle");
            per("account", idle, empty, settings.accounts());
            Settled known = contacts(node, numbers, idle);
            groups(node, numbers, known);
            node.end();
        }
        town.violations().forEach(violation -> stage.tell("violation: " + violation));
        return sheet.figures();
    }

    private int loggedIn(long since) throws IOException, InterruptedException {
        return (int) town.attendance().stream()
                .filter(one -> one.present() && one.came() >= since)
                .count();
    }

    /// Beyond what a node without accounts took to start.
    private double cpuPerAccount(LoadedNode node, Settled empty) throws IOException {
        return 1_000 * (Figures.cpuSeconds(node.pid()) - empty.left().cpuSeconds()) / settings.accounts();
    }

    /// Memory as it is when nothing has happened for a while, and after a full collection.
    private record Settled(Figures left, Figures collected) {}

    private Settled settled(LoadedNode node, String what) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(settings.settleSeconds());
        Figures left = Figures.of(node.pid());
        stage.tell(what + ", as it is: " + left);
        Figures collected = Figures.collected(node.pid());
        stage.tell(what + ", collected: " + collected);
        return new Settled(left, collected);
    }

    private void per(String what, Settled now, Settled before, long count) {
        sheet.tell(what + ".rss", (double) (now.left().rssKib() - before.left().rssKib()) / count, "KiB");
        sheet.tell(
                what + ".rss-collected",
                (double) (now.collected().rssKib() - before.collected().rssKib()) / count,
                "KiB");
        sheet.tell(
                what + ".heap",
                (double) (now.collected().heapKib() - before.collected().heapKib()) / count,
                "KiB");
    }

    /// Each contact writes once to each account.
    private Settled contacts(LoadedNode node, List<String> numbers, Settled before)
            throws IOException, InterruptedException {
        if (settings.contacts() == 0) {
            return before;
        }
        for (int i = 0; i < settings.contacts(); i++) {
            String contact = town.contact("Contact " + i);
            var _ = Settling.each(numbers, AT_ONCE, number -> town.say(contact, number, "hello"));
        }
        heard(node, settings.contacts());
        Settled after = settled(node, "contacts");
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
                    Settling.ONLINE_MAX,
                    "messages came to an account");
        }
    }

    /// Of each account so many groups of four, in which one contact writes once.
    private void groups(LoadedNode node, List<String> numbers, Settled before)
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
