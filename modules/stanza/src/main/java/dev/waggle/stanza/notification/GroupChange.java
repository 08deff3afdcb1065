package dev.waggle.stanza.notification;

import dev.waggle.stanza.iq.group.GroupInfo;
import dev.waggle.stanza.iq.group.Participant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One change to a group.
public sealed interface GroupChange {
    /// We see the group for the first time.
    record Created(GroupInfo group) implements GroupChange {}

    record Deleted() implements GroupChange {}

    /// @param reason `invite`, `linked_group_join`..., when told
    record Added(List<Participant> participants, @Nullable String reason) implements GroupChange {
        public Added {
            participants = List.copyOf(participants);
        }
    }

    /// They left or were removed: our sender key for the group is to be replaced.
    record Removed(List<Participant> participants) implements GroupChange {
        public Removed {
            participants = List.copyOf(participants);
        }
    }

    record Promoted(List<Participant> participants) implements GroupChange {
        public Promoted {
            participants = List.copyOf(participants);
        }
    }

    record Demoted(List<Participant> participants) implements GroupChange {
        public Demoted {
            participants = List.copyOf(participants);
        }
    }

    /// Members changed their number or LID: our sender key for the group is to be replaced.
    record Renumbered(List<Participant> participants) implements GroupChange {
        public Renumbered {
            participants = List.copyOf(participants);
        }
    }

    record SubjectChanged(String subject) implements GroupChange {}

    /// @param text null when it was taken away
    record DescriptionChanged(@Nullable String text) implements GroupChange {}

    /// Only admins may write.
    record AnnouncementSet(boolean on) implements GroupChange {}

    /// Only admins may edit the description.
    record LockSet(boolean on) implements GroupChange {}

    /// @param seconds after which messages disappear, 0 for never
    record EphemeralSet(int seconds) implements GroupChange {}

    /// Something else, by its tag.
    record Other(String tag) implements GroupChange {}

    /// True when somebody who held our sender key may not read on.
    default boolean endsSenderKey() {
        return this instanceof Removed || this instanceof Renumbered;
    }
}
