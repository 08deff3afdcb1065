package dev.waggle.platform.account.outbox;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts;
import dev.waggle.platform.port.Encryption;
import dev.waggle.signal.prekey.PreKeyBundle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;

/// Everybody has one device and a session with us. Who is told to hold has to be let go before a send to a user can
/// be prepared.
final class Neighbours implements Contacts, Encryption {
    final List<Collection<Jid>> forgotten = new CopyOnWriteArrayList<>();
    private volatile CompletionStage<Done> ready = CompletableFuture.completedStage(Done.getInstance());

    /// Nothing is prepared until the answer is completed.
    CompletableFuture<Done> hold() {
        CompletableFuture<Done> held = new CompletableFuture<>();
        ready = held;
        return held;
    }

    private static <T> CompletionStage<T> unasked() {
        return CompletableFuture.failedStage(new AssertionError("nobody needs this here"));
    }

    private static CompletionStage<Done> done() {
        return CompletableFuture.completedStage(Done.getInstance());
    }

    @Override
    public CompletionStage<Identity> known(Jid user) {
        return CompletableFuture.completedStage(new Identity(user, null));
    }

    @Override
    public CompletionStage<Identity> identify(Jid user) {
        return ready.thenApply(_ -> new Identity(user, null));
    }

    @Override
    public CompletionStage<Jid> canonical(Jid device) {
        return CompletableFuture.completedStage(device);
    }

    @Override
    public CompletionStage<Map<Jid, List<Jid>>> devices(Collection<Jid> users, boolean fresh) {
        Map<Jid, List<Jid>> devices = new LinkedHashMap<>();
        users.forEach(user -> devices.put(user, List.of(user.withDevice(0))));
        return CompletableFuture.completedStage(devices);
    }

    @Override
    public CompletionStage<Map<Jid, PreKeyBundle>> bundles(Collection<Jid> devices) {
        return unasked();
    }

    @Override
    public CompletionStage<Group> group(Jid group, boolean fresh) {
        return unasked();
    }

    @Override
    public CompletionStage<Boolean> learn(Jid lid, Jid pn) {
        return CompletableFuture.completedStage(true);
    }

    @Override
    public CompletionStage<Done> devicesChanged(Collection<Jid> users) {
        forgotten.add(List.copyOf(users));
        return done();
    }

    @Override
    public CompletionStage<Done> groupChanged(Jid group) {
        return done();
    }

    @Override
    public CompletionStage<Collection<Jid>> holders(Jid group, int keyId) {
        return unasked();
    }

    @Override
    public CompletionStage<Done> markHolders(Jid group, int keyId, Collection<Jid> devices, boolean holds) {
        return unasked();
    }

    @Override
    public Bytes ownDeviceIdentity() {
        return Bytes.utf8("identity");
    }

    @Override
    public CompletionStage<Opened> open(Sealed sealed) {
        return unasked();
    }

    @Override
    public void settle(Collection<Long> tokens) {}

    @Override
    public CompletionStage<List<ForDevice>> seal(List<Jid> devices, Bytes plaintext) {
        List<ForDevice> all = new ArrayList<>();
        devices.forEach(device -> all.add(new ForDevice.Ciphertext(device, false, plaintext)));
        return CompletableFuture.completedStage(all);
    }

    @Override
    public CompletionStage<List<Jid>> install(Map<Jid, PreKeyBundle> bundles) {
        return unasked();
    }

    @Override
    public CompletionStage<GroupCiphertext> sealForGroup(Jid group, Jid self, Bytes plaintext) {
        return unasked();
    }

    @Override
    public CompletionStage<Optional<SenderKey>> senderKey(Jid group, Jid self) {
        return unasked();
    }

    @Override
    public CompletionStage<Bytes> learnSenderKey(Jid group, Jid sender, Bytes distribution) {
        return unasked();
    }

    @Override
    public CompletionStage<Done> rotateSenderKey(Jid group, Jid self) {
        return unasked();
    }

    @Override
    public CompletionStage<Done> forget(Jid device) {
        return unasked();
    }

    @Override
    public CompletionStage<Integer> remoteRegistration(Jid device) {
        return unasked();
    }
}
