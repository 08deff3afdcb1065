package dev.waggle.platform.chaos;

import java.io.IOException;

/// Ends a child when this process is gone, however it went: the pipe between them closes then, also after a
/// `kill -9`. To be closed before the child is ended on purpose: afterwards its number may be another one's.
public final class Guard implements AutoCloseable {
    private final Process watching;

    private Guard(Process watching) {
        this.watching = watching;
    }

    public static Guard over(Process child) throws IOException {
        return new Guard(new ProcessBuilder("/bin/sh", "-c", "read -r _; kill -9 " + child.pid())
                .redirectErrorStream(true)
                .start());
    }

    @Override
    public void close() {
        watching.destroyForcibly().onExit().join();
    }
}
