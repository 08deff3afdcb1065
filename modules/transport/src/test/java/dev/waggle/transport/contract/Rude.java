package dev.waggle.transport.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A server that does as it likes: each connection is handed to the script, and open until the script ends it or
/// the test is over.
final class Rude implements AutoCloseable {
    interface Script {
        void serve(Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    Rude(Script script) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> {
                        try {
                            script.serve(socket);
                        } catch (Exception _) {
                            // The other side went, which is what most tests wait for.
                        }
                    });
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    /// Reads a request's head, then answers with these characters and waits.
    static Rude saying(String answer) throws IOException {
        return new Rude(socket -> {
            head(socket);
            write(socket, answer);
        });
    }

    /// The same, and ends.
    static Rude sayingAndGone(String answer) throws IOException {
        return new Rude(socket -> {
            head(socket);
            write(socket, answer);
            socket.shutdownOutput();
        });
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String head(Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("gone");
            }
            read.append((char) next);
        }
        return read.toString();
    }

    int connections() {
        return sockets.size();
    }

    int port() {
        return server.getLocalPort();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
