package dev.waggle.guards.rooms;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.waggle.guards.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Rooms that are form only: no files, sockets or databases, no threads, no clock, no randomness of their own, no
/// framework. Time and randomness are arguments there.
final class PureRule implements RoomRule {
    private record Ban(String rule, Pattern pattern, String says) {}

    private static final List<Ban> TYPES = List.of(
            ban("room-io", "java\\.io\\.(File|RandomAccess|Console|Object(In|Out)put).*", "no files in a pure room"),
            ban("room-io", "java\\.nio\\.(channels\\..*|file\\.(?!Path$).*)", "no files in a pure room"),
            ban("room-io", "java\\.net\\.(?!URI|URL(En|De)coder$).*|javax\\.net\\..*", "no sockets in a pure room"),
            ban("room-io", "javax?\\.sql\\..*", "no databases in a pure room"),
            ban("room-thread", "java\\.lang\\.(Thread(\\$.*)?|Process.*|Runtime)", "no threads in a pure room"),
            ban("room-thread", "java\\.util\\.Timer.*", "no threads in a pure room"),
            ban(
                    "room-thread",
                    "java\\.util\\.concurrent\\.(\\w*Executor\\w*|ForkJoin\\w*|ThreadFactory|StructuredTask.*)",
                    "no threads in a pure room"),
            ban(
                    "room-framework",
                    "(?!java\\.|javax\\.(crypto|security|net|sql)\\.|dev\\.waggle\\.|com\\.google\\.protobuf\\.|org\\.jspecify\\.).*",
                    "no framework in a pure room"));

    private static final List<Ban> CALLS = List.of(
            ban("room-clock", "java\\.time\\..*\\.now", "time is an argument"),
            ban("room-clock", "java\\.time\\.(Clock|InstantSource)\\.(system|tick)\\w*", "time is an argument"),
            ban("room-clock", "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)", "time is an argument"),
            ban("room-clock", "java\\.util\\.(Date|GregorianCalendar)\\.<init>", "time is an argument"),
            ban("room-clock", "java\\.util\\.Calendar\\.getInstance", "time is an argument"),
            ban(
                    "room-clock",
                    "java\\.util\\.concurrent\\.CompletableFuture\\.(orTimeout|completeOnTimeout|delayedExecutor)",
                    "time is an argument"),
            ban(
                    "room-random",
                    "java\\.security\\.SecureRandom\\.(<init>|getInstance\\w*)",
                    "randomness is an argument"),
            ban("room-random", "java\\.util\\.(Splittable)?Random\\.<init>", "randomness is an argument"),
            ban("room-random", "java\\.util\\.concurrent\\.ThreadLocalRandom\\.current", "randomness is an argument"),
            ban("room-random", "java\\.util\\.random\\..*\\.(of|getDefault|create)", "randomness is an argument"),
            ban(
                    "room-random",
                    "java\\.util\\.UUID\\.randomUUID|java\\.lang\\.Math\\.random",
                    "randomness is an argument"),
            ban(
                    "room-thread",
                    "java\\.util\\.concurrent\\.CompletableFuture\\.(supplyAsync|runAsync)",
                    "no threads in a pure room"),
            ban("room-io", "java\\.lang\\.System\\.(getenv|getProperty|in|out|err|exit)", "no process in a pure room"));

    @Override
    public List<Finding> check(List<JavaClass> classes) {
        List<Finding> found = new ArrayList<>();
        for (JavaClass type : classes) {
            if (!Rooms.isPure(type)) {
                continue;
            }
            Rooms.known(type).map(JavaClass::getName).forEach(name -> add(found, TYPES, type, name));
            type.getAccessesFromSelf().stream()
                    .map(PureRule::called)
                    .distinct()
                    .forEach(name -> add(found, CALLS, type, name));
        }
        return found;
    }

    private static String called(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static void add(List<Finding> found, List<Ban> bans, JavaClass type, String name) {
        bans.stream()
                .filter(ban -> ban.pattern().matcher(name).matches())
                .map(ban -> new Finding(ban.rule(), Rooms.place(type), 1, name + ": " + ban.says()))
                .forEach(found::add);
    }

    private static Ban ban(String rule, String pattern, String says) {
        return new Ban(rule, Pattern.compile(pattern), says);
    }
}
