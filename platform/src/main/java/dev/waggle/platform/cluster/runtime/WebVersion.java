package dev.waggle.platform.cluster.runtime;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/// The web client that accounts speak as from their next login on. Thread-safe. What was set through the API wins
/// over the setting, for ever.
public final class WebVersion {
    private static final String ID = "wa-web-version";

    private final ControlStore store;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile ClientSettings present;

    private WebVersion(ControlStore store, ClientSettings first) {
        this.store = store;
        this.present = first;
    }

    /// @param first what holds until a version is set
    public static CompletionStage<WebVersion> open(ControlStore store, ClientSettings first) {
        WebVersion opened = new WebVersion(store, first);
        return opened.reread().thenApply(_ -> opened);
    }

    /// What an account says of itself when it logs in now.
    public ClientSettings client() {
        return present;
    }

    public ClientVersion version() {
        return present.version();
    }

    /// Another node may have set it.
    public CompletionStage<Void> reread() {
        return store.document(Shelf.SETTING, ID)
                .thenAccept(found -> found.ifPresent(document ->
                        take(ClientVersion.parse(new String(document.toArray(), StandardCharsets.US_ASCII)))));
    }

    private void take(ClientVersion version) {
        ClientSettings now = present;
        present = new ClientSettings(
                version, now.osName(), now.platform(), now.language(), now.country(), now.fullHistory());
    }

    /// Tells of every version that is set on this node from now on.
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// Completes when the store has it.
    public CompletionStage<ClientVersion> set(ClientVersion version) {
        return store.putDocument(Shelf.SETTING, ID, Bytes.utf8(version.toString()))
                .thenApply(_ -> {
                    take(version);
                    listeners.forEach(Runnable::run);
                    return version;
                });
    }
}
