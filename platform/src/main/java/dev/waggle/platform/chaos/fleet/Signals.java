package dev.waggle.platform.chaos.fleet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Signals to processes that this one started.
final class Signals {
    private Signals() {}

    /// @param name `STOP` or `CONT`
    /// @return false when there is no such process any more
    static boolean send(String name, long pid) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of("kill", "-" + name, Long.toString(pid)))
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    /// Whether it stands still after a `STOP`.
    static boolean stopped(long pid) throws IOException, InterruptedException {
        Process ps = new ProcessBuilder(List.of("ps", "-o", "state=", "-p", Long.toString(pid))).start();
        String state = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        ps.waitFor();
        return state.startsWith("T");
    }
}
