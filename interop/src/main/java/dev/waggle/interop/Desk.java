package dev.waggle.interop;

import dev.waggle.platform.boot.Node;
import dev.waggle.platform.boot.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// All parties of one scenario: a simulator, a node in this process when an account is asked for, and Baileys
/// clients. Closing ends them, the last first.
final class Desk implements AutoCloseable {
    private final Path folder;
    private final SimulatorDesk simulator = new SimulatorDesk();
    private final Deque<Party> parties = new ArrayDeque<>();
    private @Nullable Node node;

    /// @param folder empty, for everybody's state
    static Desk in(Path folder) {
        return new Desk(folder);
    }

    private Desk(Path folder) {
        this.folder = folder;
        parties.push(simulator::close);
    }

    SimulatorDesk simulator() {
        return simulator;
    }

    /// A client that is not connected yet.
    Baileys stranger(String name) throws IOException {
        Path authority = Files.writeString(folder.resolve("authority.pem"), simulator.caPem());
        Baileys baileys = new Baileys(name, folder, authority);
        parties.push(baileys::close);
        return baileys;
    }

    /// A client that is paired and open.
    Baileys baileys(String name) throws IOException {
        return stranger(name).paired(simulator);
    }

    /// An account that is paired and online.
    WaggleAccount account(String name) {
        Node running = node;
        if (running == null) {
            running = Node.start(new NodeSettings(
                    simulator.ws(), simulator.root(), "memory", folder.resolve("node"), "Waggle interop"));
            node = running;
            Node started = running;
            parties.push(() -> ended(started));
        }
        return WaggleAccount.paired(running, simulator, name);
    }

    private static void ended(Node node) {
        long lost = node.deadLetters();
        node.close();
        if (lost > 0) {
            throw new AssertionError(lost + " messages inside the node reached nobody: its log names them");
        }
    }

    /// A node in a process of its own, with a heap of so many MiB.
    WaggleNode process(int heapMiB) throws IOException {
        Path authority = Files.writeString(folder.resolve("authority.pem"), simulator.caPem());
        WaggleNode process = WaggleNode.start(simulator, folder.resolve("process"), authority, heapMiB);
        parties.push(process::close);
        return process;
    }

    @FunctionalInterface
    private interface Party {
        void end();
    }

    @Override
    public void close() {
        while (!parties.isEmpty()) {
            parties.pop().end();
        }
    }
}
