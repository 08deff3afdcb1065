package dev.waggle.interop;

import dev.waggle.address.AccountId;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.boot.Node;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.message.MessageContent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// An account of the node under test, told by commands and heard through its event log.
final class WaggleAccount {
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final Node node;
    private final AccountId id;
    private final Heard<PublicEvent> heard;
    private AccountView view;

    /// Creates the account, pairs it by QR, and is online when this returns.
    static WaggleAccount paired(Node node, SimulatorDesk simulator, String name) {
        WaggleAccount account = new WaggleAccount(node, name);
        account.pair(simulator);
        account.online();
        return account;
    }

    private WaggleAccount(Node node, String name) {
        this.node = node;
        this.id = new AccountId(name);
        this.heard = new Heard<>("account " + name);
        this.view = ask(to -> new AccountCommand.Configure("Bot " + name, List.of(), Map.of(), to));
        var _ = node.events()
                .tail(id, 0, Set.of())
                .runForeach(heard::add, node.system())
                .whenComplete((_, failure) -> heard.end("because its log ended: " + failure));
    }

    private void pair(SimulatorDesk simulator) {
        Heard<PairingView> pairing = new Heard<>("the pairing of " + id);
        ActorRef<Answer<PairingView>> watcher = node.system()
                .systemActorOf(
                        Behaviors.<Answer<PairingView>>receive((_, answer) -> {
                            pairing.add(granted(answer));
                            return Behaviors.same();
                        }),
                        "watches-" + KEYS.incrementAndGet(),
                        Props.empty());
        PairingView begun = ask(to -> new AccountCommand.StartPairing(null, to));
        node.adminPorts().accounts().tell(id, new AccountCommand.WatchPairing(begun.id(), watcher));
        PairingView shown = pairing.take("a QR code", seen -> seen.qr() != null || seen.over());
        simulator.scan(String.valueOf(shown.qr()));
    }

    private <T> T ask(Function<ActorRef<Answer<T>>, AccountCommand> command) {
        try {
            return granted(node.ask(id, command).toCompletableFuture().get(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(id + " did not answer", e);
        }
    }

    private static <T> T granted(Answer<T> answer) {
        return switch (answer) {
            case Answer.Granted<T>(var value) -> value;
            case Answer.Refused<T>(var refusal) -> throw new AssertionError("refused: " + refusal);
        };
    }

    /// Waits for the next time that it says so.
    void online() {
        state("ONLINE");
        view = ask(AccountCommand.Describe::new);
    }

    void state(String state) {
        event("account.state", one -> one.getAccountState().getState().equals(state));
    }

    /// The device.
    String jid() {
        return String.valueOf(view.jid());
    }

    String pn() {
        return String.valueOf(view.pn());
    }

    String lid() {
        return String.valueOf(view.lid());
    }

    /// The device under the name that sessions are kept by.
    String lidDevice() {
        Jid device = Jid.parse(jid());
        return Jid.parse(lid()).withDevice(device.device()).toString();
    }

    void bind(String plugin) {
        view = ask(to -> new AccountCommand.BindPlugin(plugin, Map.of(), to));
    }

    void stop() {
        view = ask(to -> new AccountCommand.SetDesiredState(false, to));
        state("STOPPED");
    }

    void start() {
        view = ask(to -> new AccountCommand.SetDesiredState(true, to));
    }

    /// @return the message's id; it is accepted, not yet sent
    String send(String chat, String text) {
        String key = "interop-" + KEYS.incrementAndGet();
        var content = MessageContent.text(text);
        AccountCommand.Accepted accepted =
                ask(to -> new AccountCommand.Send(Jid.parse(chat), "text", text, content, key, content, null, to));
        return accepted.messageId();
    }

    PublicEvent event(String type, Predicate<PublicEvent> fits) {
        return heard.take(type, one -> one.getType().equals(type) && fits.test(one));
    }

    /// The next received message with this text.
    PublicEvent received(String text) {
        return event("message.received", one -> one.getMessage().getText().equals(text));
    }

    /// The next step in the life of a sent message: `message.sent`, `message.delivered`, `message.read`.
    PublicEvent progress(String type, String message) {
        return event(type, one -> one.getProgress().getId().equals(message));
    }

    /// The types of everything that was said about that message, in order.
    List<String> life(String message) {
        return heard.all().stream()
                .filter(one -> one.getProgress().getId().equals(message))
                .map(PublicEvent::getType)
                .toList();
    }

    /// The texts of every message received so far, in order.
    List<String> texts() {
        return heard.all().stream()
                .filter(one -> one.getType().equals("message.received"))
                .map(one -> one.getMessage().getText())
                .toList();
    }
}
