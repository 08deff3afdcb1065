package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.noise.HandshakeException;
import dev.waggle.noise.RootKey;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The greeting of one connection while it lasts. Its keys and the login are some kilobytes that nobody needs once
/// the line is secured, so they are let go then.
final class FirstWords {
    private final Bytes routingInfo;
    private @Nullable Greeting greeting;

    private FirstWords(Greeting greeting, Bytes routingInfo) {
        this.greeting = greeting;
        this.routingInfo = routingInfo;
    }

    static FirstWords begin(Login login, Approach.Start start, SecureRandom random) {
        return new FirstWords(Greeting.begin(login, start, random), start.routingInfo());
    }

    private Greeting present() {
        Greeting begun = greeting;
        if (begun == null) {
            throw new HandshakeException("greeting", "a second one", "one of each connection");
        }
        return begun;
    }

    /// Everything that goes first.
    byte[] opening() {
        return present().opening(routingInfo);
    }

    /// @throws HandshakeException when the server's part is malformed, or the server is not certified
    Greeting.Secured accept(byte[] serverHello, RootKey root, Instant now) {
        Greeting.Secured secured = present().accept(serverHello, root, now);
        greeting = null;
        return secured;
    }

    /// True when what just went wrong says that the known chain does not hold any more.
    boolean blamesChain() {
        Greeting begun = greeting;
        return begun != null && begun.blamesChain();
    }
}
