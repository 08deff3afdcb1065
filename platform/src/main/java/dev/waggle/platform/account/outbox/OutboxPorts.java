package dev.waggle.platform.account.outbox;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Attachments;
import dev.waggle.platform.port.Contacts;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Recorder;
import dev.waggle.platform.port.SentStates;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Whom the outbox asks, and who it is: our own device under both names.
///
/// @param failpoint told at named moments, so that tests can kill the process exactly there
public record OutboxPorts(
        Jid pn,
        @Nullable Jid lid,
        Encryption encryption,
        Contacts contacts,
        Attachments attachments,
        Recorder recorder,
        SentStates sent,
        SecureRandom random,
        Consumer<String> failpoint,
        Clock clock) {
    /// Our own device as Signal state is kept: by LID when there is one.
    Jid self() {
        return lid == null ? pn : lid;
    }
}
