package dev.waggle.platform.account.retry;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Attachments;
import dev.waggle.platform.port.Contacts;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.SentStates;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Whom the retries ask, and who we are: our own device under both names.
public record RetryPorts(
        Jid pn,
        @Nullable Jid lid,
        Encryption encryption,
        Contacts contacts,
        Attachments attachments,
        SentStates sent,
        SecureRandom random,
        Clock clock) {
    /// Our own device as Signal state is kept: by LID when there is one.
    Jid self() {
        return lid == null ? pn : lid;
    }
}
