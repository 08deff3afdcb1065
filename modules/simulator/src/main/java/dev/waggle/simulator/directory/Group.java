package dev.waggle.simulator.directory;

import dev.waggle.address.Jid;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A group in LID addressing mode. Members are users; a role is `superadmin`, `admin` or `member`.
public final class Group {
    public enum Role {
        MEMBER,
        ADMIN,
        SUPERADMIN
    }

    private final Jid id;
    private final User creator;
    private final long createdAt;
    private final Map<User, Role> members = new LinkedHashMap<>();
    private String subject;
    private long subjectAt;

    Group(Jid id, User creator, String subject, long createdAt) {
        this.id = id;
        this.creator = creator;
        this.subject = subject;
        this.createdAt = createdAt;
        this.subjectAt = createdAt;
    }

    /// `digits@g.us`.
    public Jid id() {
        return id;
    }

    public User creator() {
        return creator;
    }

    /// Unix seconds.
    public long createdAt() {
        return createdAt;
    }

    public String subject() {
        return subject;
    }

    /// Unix seconds of the last change of the subject.
    public long subjectAt() {
        return subjectAt;
    }

    public void subject(String text, long at) {
        subject = text;
        subjectAt = at;
    }

    public Collection<User> members() {
        return List.copyOf(members.keySet());
    }

    public @Nullable Role role(User user) {
        return members.get(user);
    }

    public boolean has(User user) {
        return members.containsKey(user);
    }

    public void put(User user, Role role) {
        members.put(user, role);
    }

    public boolean remove(User user) {
        return members.remove(user) != null;
    }
}
