package dev.waggle.simulator.directory;

import dev.waggle.address.Jid;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The groups of the simulated server; numbers count up from a fixed first one.
public final class Groups {
    private static final long FIRST = 120_363_000_000_000_001L;

    private final Map<Jid, Group> groups = new LinkedHashMap<>();
    private final int groupsMax;

    public Groups(int groupsMax) {
        this.groupsMax = groupsMax;
    }

    /// @throws IllegalStateException when there are too many
    public Group create(User creator, String subject, long now) {
        if (groups.size() >= groupsMax) {
            throw new IllegalStateException("groups: " + groupsMax + " (expected: below the limit)");
        }
        Group group = new Group(Jid.group(Long.toString(FIRST + groups.size())), creator, subject, now);
        group.put(creator, Group.Role.SUPERADMIN);
        groups.put(group.id(), group);
        return group;
    }

    public @Nullable Group group(Jid id) {
        return groups.get(id.bare());
    }

    public Collection<Group> of(User member) {
        return groups.values().stream().filter(group -> group.has(member)).toList();
    }

    public Collection<Group> all() {
        return List.copyOf(groups.values());
    }
}
