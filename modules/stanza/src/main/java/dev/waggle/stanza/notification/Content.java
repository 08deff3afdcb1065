package dev.waggle.stanza.notification;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The content of a notification.
public sealed interface Content {
    /// The server has few of our one-time pre-keys left.
    record PreKeysLow(int remaining) implements Content {}

    /// A user's primary identity key changed: sessions with it are void.
    record IdentityChanged(Jid user, @Nullable Jid lid) implements Content {}

    /// A user linked or unlinked devices.
    record DevicesChanged(Jid user, @Nullable Jid lid, List<DeviceChange> changes) implements Content {
        public DevicesChanged {
            changes = List.copyOf(changes);
        }
    }

    /// A group changed.
    ///
    /// @param author who did it, when told
    /// @param changes in order
    record GroupChanged(
            Jid group, @Nullable Jid author, @Nullable Jid authorPn, List<GroupChange> changes) implements Content {
        public GroupChanged {
            changes = List.copyOf(changes);
        }
    }

    /// The phone typed our pairing code.
    ///
    /// @param wrappedEphemeral 80 bytes
    /// @param primaryIdentity 32 bytes
    record LinkCodeHello(Bytes ref, Bytes wrappedEphemeral, Bytes primaryIdentity) implements Content {}

    /// The pairing code that we show is no longer good: begin again.
    ///
    /// @param forced the phone's user asked for it
    record LinkCodeRefresh(@Nullable Bytes ref, boolean forced) implements Content {}

    /// Another device of the account changed something.
    ///
    /// @param topics what: `devices`, `privacy`, `picture`, `blocklist`, `status`...
    /// @param devices all devices of the account, when these changed
    record AccountSync(Set<String> topics, @Nullable OwnDevices devices) implements Content {
        public AccountSync {
            topics = Set.copyOf(topics);
        }
    }

    /// All devices of the account.
    record OwnDevices(@Nullable String hash, List<Jid> devices) {
        public OwnDevices {
            devices = List.copyOf(devices);
        }
    }

    /// App-state collections have newer versions: name to version.
    record ServerSync(Map<String, Long> collections) implements Content {
        public ServerSync {
            collections = Map.copyOf(collections);
        }
    }

    /// Contacts let us write to them.
    record PrivacyTokens(Jid sender, @Nullable Jid senderLid, List<Token> tokens) implements Content {
        public PrivacyTokens {
            tokens = List.copyOf(tokens);
        }
    }

    /// A trusted-contact token.
    record Token(Bytes bytes, Instant at) {}

    /// Our phone was asked to upload a file again and answers; what it says is opened by
    /// [dev.waggle.stanza.media.MediaRetry].
    ///
    /// @param error 2: it does not have the file; 3: it could not read the question; others: something else
    /// @param payload and `nonce`: empty with an error
    record MediaRetried(
            MessageId id,
            Jid chat,
            boolean fromMe,
            @Nullable Jid participant,
            OptionalInt error,
            Bytes payload,
            Bytes nonce)
            implements Content {}

    /// A kind that nothing depends on.
    record Other(Node node) implements Content {}

    /// @throws NodeException when a known kind is malformed
    static Content read(Node node) {
        return switch (node.attr("type", "")) {
            case "encrypt" -> KeyNews.encrypt(node);
            case "devices" -> KeyNews.devices(node);
            case "privacy_token" -> KeyNews.tokens(node);
            case "w:gp2" -> GroupNews.read(node);
            case "link_code_companion_reg" -> AccountNews.linkCode(node);
            case "companion_reg_refresh" -> new LinkCodeRefresh(null, true);
            case "account_sync" -> AccountNews.accountSync(node);
            case "mediaretry" -> MediaNews.retried(node);
            case "server_sync" -> AccountNews.serverSync(node);
            default -> new Other(node);
        };
    }
}
