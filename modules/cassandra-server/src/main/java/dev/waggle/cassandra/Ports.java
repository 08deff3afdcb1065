package dev.waggle.cassandra;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Where a server listens. Those of a ring have the same ports on addresses of their own.
///
/// @param cql where clients ask
/// @param storage where servers talk to each other
record Ports(int cql, int storage) {
    /// How often to look for others when somebody took one meanwhile.
    static final int ATTEMPTS = 3;

    private static final int LOOKS = 50;

    /// Two that are free on all of the addresses now.
    static Ports free(List<String> hosts) {
        int cql = common(hosts);
        for (int look = 0; look < LOOKS; look++) {
            int storage = common(hosts);
            if (storage != cql) {
                return new Ports(cql, storage);
            }
        }
        throw new IllegalStateException("no two ports that are free on " + hosts);
    }

    private static int common(List<String> hosts) {
        for (int look = 0; look < LOOKS; look++) {
            List<ServerSocket> taken = new ArrayList<>();
            try {
                int port = 0;
                for (String host : hosts) {
                    ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host));
                    taken.add(socket);
                    port = socket.getLocalPort();
                }
                return port;
            } catch (IOException e) {
                // Free on some of them only: another one.
            } finally {
                taken.forEach(Ports::close);
            }
        }
        throw new IllegalStateException("no port that is free on " + hosts);
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a port that cannot be given back", e);
        }
    }
}
