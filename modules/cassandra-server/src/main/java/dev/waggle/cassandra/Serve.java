package dev.waggle.cassandra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Servers for whoever measures or tries out: `Serve DIRECTORY [SERVERS] [HEAP-MB]` starts them, prints one line
/// with their contact points and ends them with its standard input, or when it is ended itself.
public final class Serve {
    private Serve() {}

    static void main(String... arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 3) {
            throw new IllegalArgumentException("expected: DIRECTORY [SERVERS] [HEAP-MB]");
        }
        int servers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        ServerSettings settings =
                arguments.length > 2 ? ServerSettings.SMALL.heap(Integer.parseInt(arguments[2])) : ServerSettings.SMALL;
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        try (CassandraRing ring = CassandraRing.start(directory, settings, servers)) {
            System.out.println(ring.contactPoints());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Until there is no more.
            }
        }
    }
}
