package dev.waggle.platform.account.retry;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Contacts.Group;
import dev.waggle.platform.port.Contacts.Identity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Whether a message was for the device that asks for it again. What is remembered decides first; before somebody
/// is refused the server is asked.
final class Entitlement {
    private final RetryPorts ports;

    Entitlement(RetryPorts ports) {
        this.ports = ports;
    }

    /// Our own device as it shows in the chat when that is a group, else null. Fails with a [ContactException]
    /// when the asker is to be refused.
    CompletionStage<@Nullable Jid> of(Request request, Jid device, Jid chat) {
        Jid from = request.receipt().from();
        if (from.isGroup() != chat.isGroup() || chat.isGroup() && !from.equals(chat)) {
            return refused("another-chat");
        }
        CompletionStage<@Nullable Jid> partner = chat.isGroup() ? member(device, chat) : direct(device, chat);
        return partner.thenCompose(self -> existing(device, false)
                .thenCompose(there -> there ? CompletableFuture.completedStage(true) : existing(device, true))
                .thenCompose(there -> there ? CompletableFuture.completedStage(self) : refused("unknown-device")));
    }

    private static <T> CompletionStage<T> refused(String reason) {
        return CompletableFuture.failedStage(new ContactException(reason, "not sent again: " + reason));
    }

    private CompletionStage<@Nullable Jid> direct(Jid device, Jid chat) {
        if (device.sameUser(ports.self())) {
            return CompletableFuture.completedStage(null);
        }
        return ports.contacts()
                .known(chat)
                .thenCompose(identity ->
                        is(identity, device) ? CompletableFuture.completedStage(null) : refused("another-chat"));
    }

    private CompletionStage<@Nullable Jid> member(Jid device, Jid chat) {
        return ports.contacts().group(chat, false).thenCompose(known -> {
            if (isIn(known, device)) {
                return CompletableFuture.completedStage(self(known));
            }
            return ports.contacts()
                    .group(chat, true)
                    .thenCompose(fresh ->
                            isIn(fresh, device) ? CompletableFuture.completedStage(self(fresh)) : stranger(fresh));
        });
    }

    /// Somebody outside has our key, or the server says so: either way it is not used any more.
    private CompletionStage<@Nullable Jid> stranger(Group group) {
        return ports.encryption()
                .rotateSenderKey(group.jid(), self(group))
                .thenCompose(done -> refused("not-a-member"));
    }

    private Jid self(Group group) {
        return group.lidAddressed() ? ports.self() : ports.pn();
    }

    private boolean isIn(Group group, Jid device) {
        return device.sameUser(ports.self())
                || group.members().stream().anyMatch(member -> is(member.identity(), device));
    }

    private static boolean is(Identity identity, Jid device) {
        Jid pn = identity.pn();
        Jid lid = identity.lid();
        return pn != null && pn.sameUser(device) || lid != null && lid.sameUser(device);
    }

    private CompletionStage<Boolean> existing(Jid device, boolean fresh) {
        return ports.contacts()
                .devices(List.of(device.bare()), fresh)
                .thenApply(Map::values)
                .thenApply(found -> found.stream().anyMatch(devices -> devices.contains(device)));
    }
}
