package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The rooms by the package they live in below `dev.waggle`, each with the rooms it may use. A room that has no
/// line here does not exist yet: who builds it says first what it may know.
final class Rooms {
    static final String HOUSE = "dev.waggle.";
    static final String PLATFORM = "platform";

    private static final Map<String, Set<String>> USES = Map.ofEntries(
            Map.entry("address", Set.of()),
            Map.entry("proto", Set.of()),
            Map.entry("crypto", Set.of("address")),
            Map.entry("wire", Set.of("address")),
            // Of wire only the opening of a connection: it is the handshake's prologue.
            Map.entry("noise", Set.of("address", "crypto", "proto", "wire.frame")),
            Map.entry("signal", Set.of("address", "crypto", "proto")),
            Map.entry("stanza", Set.of("address", "wire", "crypto", "proto")),
            Map.entry("appstate", Set.of("address", "crypto", "proto")),
            Map.entry("media", Set.of("address", "crypto", "proto")),
            Map.entry("storage", Set.of("address", "crypto")),
            Map.entry("storage.sqlite", Set.of("address", "storage")),
            // The backend of clusters, and real servers for whoever tests or shows it.
            Map.entry("persistence.cassandra", Set.of("address", "storage")),
            Map.entry("cassandra", Set.of()),
            // Tenants of storage's cache port, found by name like the backends.
            Map.entry("cache.memory", Set.of("address", "storage")),
            Map.entry("cache.redis", Set.of("address", "storage")),
            Map.entry("transport", Set.of("address")),
            Map.entry("plugin", Set.of("address")),
            Map.entry("simulator", Set.of("address", "wire", "proto", "crypto", "noise", "signal", "stanza")),
            Map.entry(
                    "benchmarks",
                    Set.of(
                            "address",
                            "wire",
                            "proto",
                            "crypto",
                            "noise",
                            "signal",
                            "stanza",
                            "media",
                            "storage",
                            "simulator",
                            "cassandra")),
            // Tests only: the parties of a scenario, so it starts what people start.
            Map.entry("interop", Set.of("address", "noise", "proto", "stanza", "simulator", PLATFORM)),
            // Tests only, of what lies in deploy/: it reads files and knows no room.
            Map.entry("deploy", Set.of()),
            // Never a storage backend: those are found by name (ServiceLoader).
            Map.entry(
                    PLATFORM,
                    Set.of(
                            "address",
                            "wire",
                            "proto",
                            "crypto",
                            "noise",
                            "signal",
                            "stanza",
                            "appstate",
                            "media",
                            "storage",
                            "transport",
                            "plugin",
                            // What a demonstration and the tests of faults start around the nodes.
                            "simulator",
                            "cassandra")));

    /// Rooms that touch files, sockets, threads and the clock.
    private static final Set<String> SHELL = Set.of(
            "transport",
            "storage.sqlite",
            "persistence.cassandra",
            "cassandra",
            "cache.memory",
            "cache.redis",
            "simulator",
            "benchmarks",
            "interop",
            PLATFORM);

    private Rooms() {}

    /// The room of a package: the longest name that fits, so that `storage.sqlite` is not `storage`.
    static Optional<String> of(String packageName) {
        return USES.keySet().stream()
                .filter(room -> within(packageName, room))
                .max(Comparator.comparingInt(String::length));
    }

    static boolean isPure(JavaClass type) {
        return of(type.getPackageName()).filter(room -> !SHELL.contains(room)).isPresent();
    }

    /// True when the room may know something of this package of the house.
    static boolean mayUse(String room, String target) {
        return of(target).filter(room::equals).isPresent()
                || USES.getOrDefault(room, Set.of()).stream()
                        .anyMatch(used -> within(target, used) && (used.contains(".") || isRoom(target, used)));
    }

    private static boolean isRoom(String packageName, String room) {
        return of(packageName).filter(room::equals).isPresent();
    }

    private static boolean within(String packageName, String room) {
        return (packageName + ".").startsWith(HOUSE + room + ".");
    }

    static boolean isOurs(String packageName) {
        return packageName.startsWith(HOUSE);
    }

    /// What a class knows, arrays as their elements, without itself.
    static Stream<JavaClass> known(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(Dependency::getTargetClass)
                .map(JavaClass::getBaseComponentType)
                .filter(target -> !target.isPrimitive() && !target.equals(type))
                .distinct();
    }

    /// The name of the class that has a file of its own.
    static String place(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
