package dev.waggle.platform.account.inbox;

import dev.waggle.platform.port.Contacts;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Recorder;
import dev.waggle.platform.port.Seen;
import dev.waggle.platform.port.SentStates;
import dev.waggle.stanza.Notification;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.message.Origin;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;

/// Whom the inbox asks, and who it is.
///
/// @param keyBundle one of our own bundles for a retry receipt, durable
/// @param news what a notification changes; done before it is acknowledged
/// @param failpoint told at named moments, so that tests can kill the process exactly there
public record InboxPorts(
        Origin.Self self,
        int registrationId,
        Encryption encryption,
        Contacts contacts,
        Recorder recorder,
        Seen seen,
        SentStates sent,
        Supplier<CompletionStage<KeyBundle>> keyBundle,
        Function<Notification, CompletionStage<Done>> news,
        java.util.function.Consumer<String> failpoint,
        Clock clock) {}
