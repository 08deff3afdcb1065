package dev.waggle.platform.account.media;

import dev.waggle.address.AccountId;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Recorder;
import dev.waggle.storage.MediaStore;
import dev.waggle.transport.Egress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/// Whose transfers these are, and whom they ask.
///
/// @param self our own user, bare, by phone number
/// @param egress the way out at the moment, the same as the account's socket takes
public record MediaPorts(
        AccountId account,
        Jid self,
        MediaServices services,
        Supplier<Egress> egress,
        MediaStore store,
        Recorder recorder,
        SecureRandom random,
        Clock clock) {}
