package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Inside the platform: who may know whom. A sub-room of `account` knows only the ports, neither `account` nor a
/// sibling; `boot` wires everything and is known by nobody.
final class PlatformRule implements RoomRule {
    private static final String HERE = Rooms.HOUSE + Rooms.PLATFORM + ".";
    private static final Set<String> SERVED = Set.of("account", "cluster", "eventlog", "journal", "port");
    private static final Map<String, Set<String>> USES = Map.of(
            "port", Set.of(),
            // Works on files while nothing runs, so it knows nothing that does.
            "safekeeping", Set.of(),
            "journal", Set.of("port"),
            "eventlog", Set.of("journal", "port"),
            // Files beside the journal, sealed the way it is.
            "spool", Set.of("journal", "port"),
            "account", Set.of("eventlog", "journal", "port"),
            "cluster", Set.of("account", "eventlog", "journal", "port"),
            "admin", SERVED,
            "plugin", SERVED,
            "webhook", SERVED);

    @Override
    public List<Finding> check(List<JavaClass> classes) {
        List<Finding> found = new ArrayList<>();
        classes.stream()
                .filter(type -> type.getPackageName().startsWith(HERE))
                .forEach(type -> Rooms.known(type)
                        .filter(target -> target.getPackageName().startsWith(HERE))
                        .filter(target -> !mayUse(below(type), below(target)))
                        .map(target -> Rooms.place(target))
                        .distinct()
                        .map(target -> new Finding(
                                "room-platform", Rooms.place(type), 1, below(type) + " must not know " + target))
                        .forEach(found::add));
        return found;
    }

    private static boolean mayUse(String from, String to) {
        String source = first(from);
        String target = first(to);
        if (source.equals("boot")) {
            return true;
        }
        if (isChild(from)) {
            return target.equals("port") || (isChild(to) && second(from).equals(second(to)));
        }
        if (isChild(to)) {
            return source.equals("account");
        }
        return source.equals(target) || USES.getOrDefault(source, Set.of()).contains(target);
    }

    /// True for a sub-room of the account, which only the account itself may see.
    private static boolean isChild(String room) {
        return room.startsWith("account.");
    }

    private static String below(JavaClass type) {
        return type.getPackageName().substring(HERE.length());
    }

    private static String first(String room) {
        return room.split("\\.", 2)[0];
    }

    private static String second(String room) {
        return room.split("\\.", 3)[1];
    }
}
