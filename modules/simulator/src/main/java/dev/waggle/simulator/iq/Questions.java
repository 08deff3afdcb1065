package dev.waggle.simulator.iq;

import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;

/// Finds who answers a question. What nobody answers gets an empty result: clients ask many things that a simulated
/// server has no opinion on, and wait for an answer.
public final class Questions {
    private final Registry registry;
    private final KeyAnswers keys;
    private final UserAnswers users;
    private final GroupAnswers groups;
    private final SettingsAnswers settings;

    public Questions(Registry registry) {
        this.registry = registry;
        this.keys = new KeyAnswers(registry);
        this.users = new UserAnswers(registry);
        this.groups = new GroupAnswers(registry);
        this.settings = new SettingsAnswers(registry);
    }

    /// @throws dev.waggle.wire.node.NodeException when the question is malformed
    public Node answer(Device from, Node iq) {
        return switch (iq.attr("xmlns", "")) {
            case "encrypt" -> keys.answer(from, iq);
            case "usync" -> users.answer(from, iq);
            case "w:g2" -> groups.answer(from, iq);
            case "md" -> companion(from, iq);
            default -> settings.answer(from, iq);
        };
    }

    private Node companion(Device from, Node iq) {
        Node remove = iq.child("remove-companion-device");
        if (remove != null) {
            Device gone = from.user().device(remove.requireJid("jid").device());
            if (gone != null && gone.id() != 0 && (gone == from || from.id() == 0)) {
                registry.remove(gone);
            }
        }
        return Replies.result(iq);
    }

    /// A user's devices changed: everybody who ever asked for them, and the user's own devices, are told.
    public void changed(User user) {
        users.changed(user);
    }

    /// For an operator who makes or changes groups.
    public GroupAnswers groups() {
        return groups;
    }
}
