package dev.waggle.platform.boot.hive;

import com.typesafe.config.Config;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountCommand.Accepted;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.boot.NodeSettings;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.stanza.message.MessageContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Sink;

/// One or several nodes in this process with some accounts, each with some contacts and a group with them, who all
/// write to each other at once and keep count. Requests go to all nodes in turn.
final class Crowd implements AutoCloseable {
    private static final int CONTACTS = 2;
    private static final int WINDOW = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> FOLLOWED =
            Set.of("account.state", "message.sent", "message.failed", "message.received", "message.undecryptable");

    /// What passed, and everything that was not as promised.
    ///
    /// @param late texts that came after a later one of their chat
    record Count(int sent, int received, List<String> problems, List<String> late) {}

    private record Member(AccountId account, User user, List<User> contacts, Group group) {}

    private final Simulator simulator;
    private final Exchange exchange;
    private final Hive hive;
    private final Gaps gaps;
    private final Asker asker;
    private final List<Member> members = new ArrayList<>();
    private final List<Thread> talkers = new ArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> sentTo = new ConcurrentHashMap<>();
    private final Map<AccountId, List<String>> saidTo = new ConcurrentHashMap<>();
    private final Map<AccountId, List<PublicEvent>> told = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> credits = new ConcurrentHashMap<>();
    private final List<String> late = new CopyOnWriteArrayList<>();
    /// What an owner sent and heard no answer for the next one sends again under the same id: readers know it by
    /// that.
    private final boolean clustered;
    private int passed;
    private volatile boolean ended;

    static Crowd start(Path data, Config changed) throws Exception {
        return new Crowd(data, 1, 3, false, changed);
    }

    /// Nodes that share one file, see [Hive].
    static Crowd cluster(Path data, int nodes, int accounts, Config changed) throws Exception {
        return new Crowd(data, nodes, accounts, true, changed);
    }

    private Crowd(Path data, int nodes, int accounts, boolean clustered, Config changed) throws Exception {
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        exchange = simulator.exchange();
        gaps = new Gaps(exchange);
        this.clustered = clustered;
        asker = new Asker(clustered);
        hive = new Hive(
                new NodeSettings(
                        simulator.ws(),
                        new RootKey(simulator.rootKey()),
                        "sqlite",
                        Files.createDirectories(data),
                        "Waggle test"),
                clustered,
                changed);
        for (int i = 1; i <= nodes; i++) {
            hive.join("node-" + i);
        }
        for (int i = 0; i < accounts; i++) {
            members.add(member(new AccountId("bee-" + i)));
        }
    }

    Hive hive() {
        return hive;
    }

    Gaps gaps() {
        return gaps;
    }

    Node node() {
        return hive.first();
    }

    List<AccountView> views() throws Exception {
        List<AccountView> views = new ArrayList<>();
        for (Member member : members) {
            views.add(granted(member.account(), AccountCommand.Describe::new));
        }
        return views;
    }

    /// Watches the last node's view of every account until it fits.
    List<AccountView> until(String what, Predicate<List<AccountView>> enough) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<AccountView> views = views();
            if (enough.test(views)) {
                return views;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " did not happen: " + views);
            }
            // The next look comes when something was told, or soon.
            synchronized (this) {
                wait(50);
            }
        }
    }

    private <T> T onServer(Callable<T> question) {
        return exchange.ask(question).join();
    }

    private <T> T granted(AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command) throws Exception {
        return asker.granted(hive::any, account, command);
    }

    /// What that node says of an account.
    AccountView described(Node node, AccountId account) throws Exception {
        return asker.granted(() -> node, account, AccountCommand.Describe::new);
    }

    private Member member(AccountId account) throws Exception {
        granted(
                account,
                (ActorRef<Answer<AccountView>> to) ->
                        new AccountCommand.Configure("Owner of " + account, List.of(), Map.of(), to));
        follow(account);
        PairingView begun = granted(account, to -> new AccountCommand.StartPairing(null, to));
        String qr = null;
        while (qr == null) {
            qr = granted(
                            account,
                            (ActorRef<Answer<PairingView>> to) -> new AccountCommand.DescribePairing(begun.id(), to))
                    .qr();
        }
        String shown = qr;
        onServer(() -> exchange.phones().scanQr(shown));
        Node teller = hive.last();
        teller.events()
                .tail(account, 0, Set.of("account.state"))
                .filter(event -> event.getAccountState().getState().equals("ONLINE"))
                .runWith(Sink.head(), teller.system())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Jid pn = Objects.requireNonNull(
                granted(account, AccountCommand.Describe::new).pn());
        return onServer(() -> {
            User user = Objects.requireNonNull(exchange.directory().user(pn));
            List<User> contacts = new ArrayList<>();
            for (int i = 0; i < CONTACTS; i++) {
                contacts.add(exchange.contacts().add(account + " contact " + i));
            }
            Group group = exchange.groups().create(user, "Hive of " + account, exchange.now());
            contacts.forEach(contact -> group.put(contact, Group.Role.MEMBER));
            gaps.watch(account, user);
            return new Member(account, user, contacts, group);
        });
    }

    private void follow(AccountId account) {
        told.put(account, new CopyOnWriteArrayList<>());
        follow(account, hive.last());
    }

    /// Goes on at another node when this one ends.
    private void follow(AccountId account, Node teller) {
        List<PublicEvent> heard = Objects.requireNonNull(told.get(account));
        long after = heard.isEmpty() ? 0 : heard.getLast().getSequence();
        var _ = teller.events()
                .tail(account, after, FOLLOWED)
                .runForeach(event -> told(account, event), teller.system())
                .whenComplete((_, _) -> {
                    if (hive.last() != teller) {
                        follow(account, hive.last());
                    }
                });
    }

    private void told(AccountId account, PublicEvent event) {
        Objects.requireNonNull(told.get(account)).add(event);
        switch (event.getType()) {
            case "message.sent" -> passed(account + " out");
            case "message.received" -> passed(account + " in");
            case "account.state" -> {
                if (event.getAccountState().getState().equals("ONLINE")) {
                    gaps.online(account);
                }
            }
            case "message.failed", "message.undecryptable" -> problems.add(account + ": " + event.getType());
            default -> {
                // States may change as they like.
            }
        }
    }

    private void passed(String direction) {
        credit(direction).release();
        synchronized (this) {
            passed++;
            notifyAll();
        }
    }

    private Semaphore credit(String direction) {
        return credits.computeIfAbsent(direction, _ -> new Semaphore(WINDOW));
    }

    /// From now on everybody talks, until [#settle].
    void talk() {
        for (Member member : members) {
            talkers.add(talker("send by " + member.account(), number -> send(member, number)));
            talkers.add(talker("say to " + member.account(), number -> say(member, number)));
        }
    }

    private interface Turn {
        void take(int number) throws Exception;
    }

    private Thread talker(String what, Turn turn) {
        return Thread.ofVirtual().name(what).start(() -> {
            try {
                for (int number = 0; !ended; number++) {
                    turn.take(number);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                problems.add(what + ": " + e);
            }
        });
    }

    private void send(Member member, int number) throws Exception {
        credit(member.account() + " out").acquire();
        int whom = number % (CONTACTS + 1);
        Jid chat = whom == CONTACTS
                ? member.group().id()
                : member.contacts().get(whom).pn();
        String text = member.account() + " out " + number;
        Accepted accepted = granted(
                member.account(),
                to -> new AccountCommand.Send(
                        chat, "text", text, MessageContent.text(text), text, Bytes.utf8(text), to));
        if (accepted.repeated() && !asker.again()) {
            problems.add(text + " was taken for a repeated one");
        }
        List<User> readers =
                whom == CONTACTS ? member.contacts() : List.of(member.contacts().get(whom));
        readers.forEach(reader -> sentTo.computeIfAbsent(
                        reader.pn().toString(), _ -> Collections.synchronizedList(new ArrayList<>()))
                .add(text));
    }

    private void say(Member member, int number) throws Exception {
        credit(member.account() + " in").acquire();
        User contact = member.contacts().get(number % CONTACTS);
        Jid chat = number % 3 == 2 ? member.group().id() : member.user().pn();
        String text = member.account() + " in " + number;
        saidTo.computeIfAbsent(member.account(), _ -> Collections.synchronizedList(new ArrayList<>()))
                .add(text);
        onServer(() -> exchange.contacts().say(contact, chat, text));
    }

    /// Waits until so many more texts have passed.
    void pass(int texts) throws Exception {
        await(passed() + texts);
    }

    private synchronized int passed() {
        return passed;
    }

    private synchronized void await(int goal) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (passed < goal) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0 || !problems.isEmpty()) {
                throw new AssertionError("texts stopped at " + passed + " of " + goal + ": " + problems);
            }
            wait(left);
        }
    }

    /// Nobody says anything new; what is under way arrives.
    Count settle() throws Exception {
        ended = true;
        for (Thread talker : talkers) {
            talker.join(PATIENCE);
        }
        int sent = members.stream().mapToInt(member -> accepted(member)).sum();
        int said = saidTo.values().stream().mapToInt(List::size).sum();
        await(sent + said);
        members.forEach(this::check);
        var report = onServer(() -> exchange.report().snapshot());
        report.reusedCounters().forEach(reused -> problems.add(reused.toString()));
        report.violations().forEach(violation -> problems.add(violation.toString()));
        report.supersededStanzas().forEach(superseded -> problems.add(superseded.toString()));
        return new Count(sent, said, List.copyOf(problems), List.copyOf(late));
    }

    /// Different texts: one to the group has two readers.
    private int accepted(Member member) {
        return (int) member.contacts().stream()
                .flatMap(contact -> sentTo.getOrDefault(contact.pn().toString(), List.of()).stream())
                .distinct()
                .count();
    }

    private void check(Member member) {
        for (User contact : member.contacts()) {
            List<String> sent = sentTo.getOrDefault(contact.pn().toString(), List.of());
            List<String> heard = Texts.heard(exchange, contact, member.account() + " out ", sent.size(), !clustered);
            String what = "heard by " + contact.pn();
            problems.addAll(Texts.difference(what, sent, heard));
            // In a group, a key that had to be asked for again comes after what was said meanwhile.
            List<String> own = heard.stream()
                    .filter(text -> Texts.number(text) % (CONTACTS + 1) != CONTACTS)
                    .toList();
            late.addAll(Texts.late(what, own, number -> number % (CONTACTS + 1)));
        }
        List<String> received = Objects.requireNonNull(told.get(member.account())).stream()
                .filter(event -> event.getType().equals("message.received"))
                .map(event -> event.getMessage().getText())
                .toList();
        String what = "received by " + member.account();
        problems.addAll(Texts.difference(what, saidTo.getOrDefault(member.account(), List.of()), received));
        late.addAll(Texts.late(what, received, number -> number % 3 == 2 ? CONTACTS : number % CONTACTS));
    }

    @Override
    public void close() {
        ended = true;
        talkers.forEach(Thread::interrupt);
        hive.close();
        simulator.close();
    }
}
