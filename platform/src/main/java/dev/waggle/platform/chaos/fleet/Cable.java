package dev.waggle.platform.chaos.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/// The way to one member: whoever wants to reach it connects here. While somebody is cut off, nothing of what it
/// says passes and connections stay open, as behind a broken switch; what was said meanwhile comes afterwards.
final class Cable implements AutoCloseable {
    private static final int BYTES = 64 * 1024;

    private final ServerSocket outside;
    private final InetSocketAddress inside;
    private final Set<String> cut = new HashSet<>();
    private boolean closed;

    /// @param host where others connect, at any free port
    /// @param inside where the member listens
    Cable(String host, InetSocketAddress inside) throws IOException {
        this.inside = inside;
        this.outside = new ServerSocket(0, 64, InetAddress.getByName(host));
        Thread.ofVirtual().name("cable of " + host).start(this::accept);
    }

    int port() {
        return outside.getLocalPort();
    }

    /// From now on nothing that comes from this address passes.
    synchronized void cut(String address) {
        cut.add(address);
    }

    /// Everybody is heard again.
    synchronized void mend() {
        cut.clear();
        notifyAll();
    }

    private synchronized void pass(String address) throws InterruptedException {
        while (cut.contains(address) && !closed) {
            wait();
        }
    }

    private void accept() {
        while (!outside.isClosed()) {
            try {
                Socket caller = outside.accept();
                Thread.ofVirtual().start(() -> join(caller));
            } catch (IOException e) {
                // Closed, or a caller that was gone at once.
            }
        }
    }

    private void join(Socket caller) {
        String from = caller.getInetAddress().getHostAddress();
        try (caller;
                Socket member = new Socket()) {
            pass(from);
            member.connect(inside, 5_000);
            Thread back = Thread.ofVirtual().start(() -> pump(member, caller, ""));
            pump(caller, member, from);
            back.join();
        } catch (IOException e) {
            // The member is not there: the caller sees its connection end.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to, String speaker) {
        byte[] bytes = new byte[BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                pass(speaker);
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // One side is gone: so is the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        outside.close();
    }
}
