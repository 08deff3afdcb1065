package dev.waggle.guards.rooms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waggle.guards.Finding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each rule against a breach planted for it, and against the nearest thing that is allowed.
class RoomRulesTest {
    @TempDir
    Path folder;

    private Planted planted;

    @BeforeEach
    void an_empty_house() {
        planted = new Planted(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "address, wire",
        "address, crypto",
        "wire, stanza",
        "wire, crypto",
        "wire, proto",
        "proto, address",
        "crypto, proto",
        "crypto, wire",
        "noise, stanza",
        "noise, signal",
        "noise, wire.node",
        "signal, noise",
        "signal, wire",
        "signal, storage",
        "stanza, signal",
        "stanza, noise",
        "stanza, storage",
        "media, wire",
        "appstate, stanza",
        "storage, wire",
        "storage, storage.sqlite",
        "storage.sqlite, wire",
        "transport, wire",
        "plugin, stanza",
        "simulator, storage",
        "simulator, platform.boot",
        "simulator, transport",
        "storage.sqlite, platform.journal",
        "benchmarks, platform.account",
        "benchmarks, storage.sqlite",
        "platform.boot, storage.sqlite",
        "platform.account, benchmarks",
        "platform.account, simulator"
    })
    void a_room_that_knows_too_much_is_found(String room, String other) {
        planted.with(room + ".One", "Object field = new dev.waggle." + other + ".Other();");
        planted.with(other + ".Other", "");
        assertThat(found(new UseRule())).containsExactly("room-use dev.waggle." + room + ".One");
    }

    @ParameterizedTest
    @CsvSource({
        "wire, address",
        "noise, wire.frame",
        "noise, crypto",
        "noise, proto",
        "signal, proto",
        "signal, crypto.curve",
        "stanza.iq, wire.node",
        "stanza, stanza.message",
        "appstate, crypto",
        "media, crypto",
        "storage, address",
        "storage.sqlite, storage.write",
        "storage.sqlite.file, storage.sqlite",
        "simulator, signal",
        "benchmarks, simulator",
        "platform.account, storage",
        "platform.boot, simulator",
        "platform.admin, stanza"
    })
    void a_room_may_know_what_stands_before_it(String room, String other) {
        planted.with(room + ".One", "Object field = new dev.waggle." + other + ".Other();");
        planted.with(other + ".Other", "");
        assertThat(found(new UseRule())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public <T extends dev.waggle.stanza.Other> void a(T it) {}",
                "public void a(dev.waggle.stanza.Other[] it) {}",
                "public java.util.List<dev.waggle.stanza.Other> a() { return null; }",
                "Object a(Object it) { return it instanceof dev.waggle.stanza.Other; }",
                "Object a() { return dev.waggle.stanza.Other.class; }",
                "void a() { try { } finally { dev.waggle.stanza.Other.told(); } }",
                "java.util.function.Supplier<Object> a = dev.waggle.stanza.Other::new;"
            })
    void no_way_of_knowing_goes_unseen(String body) {
        planted.with("wire.One", body);
        planted.with("stanza.Other", "public static void told() {}");
        assertThat(found(new UseRule())).containsExactly("room-use dev.waggle.wire.One");
    }

    @Test
    void a_room_without_a_line_is_found() {
        planted.with("attic.One", "");
        assertThat(found(new UseRule())).containsExactly("room-unknown dev.waggle.attic.One");
    }

    @ParameterizedTest
    @CsvSource({
        "account.inbox, account",
        "account.inbox, account.outbox",
        "account.inbox, journal",
        "account.inbox, eventlog",
        "account.inbox, cluster",
        "account.inbox.deep, account.outbox",
        "account, cluster",
        "account, admin",
        "account, plugin",
        "account, boot",
        "port, account",
        "port, journal",
        "port, account.inbox",
        "journal, account",
        "eventlog, account",
        "eventlog, plugin",
        "cluster, admin",
        "cluster, account.inbox",
        "admin, account.inbox",
        "admin, plugin",
        "plugin, webhook",
        "plugin, account.outbox",
        "webhook, admin",
        "admin, boot",
        "cluster, boot",
        "attic, account"
    })
    void a_part_of_the_platform_that_knows_too_much_is_found(String room, String other) {
        planted.with("platform." + room + ".One", "Object field = new dev.waggle.platform." + other + ".Other();");
        planted.with("platform." + other + ".Other", "");
        assertThat(found(new PlatformRule())).containsExactly("room-platform dev.waggle.platform." + room + ".One");
    }

    @ParameterizedTest
    @CsvSource({
        "account.inbox, port",
        "account.inbox, account.inbox",
        "account.inbox, account.inbox.deep",
        "account.inbox.deep, account.inbox",
        "account, account.inbox",
        "account, journal",
        "account, port",
        "admin, account",
        "admin, cluster",
        "admin, eventlog",
        "admin, port",
        "admin, journal",
        "plugin, account",
        "webhook, eventlog",
        "cluster, account",
        "boot, account.connection",
        "boot, admin",
        "boot, journal",
        "eventlog, journal",
        "admin.dashboard, admin"
    })
    void a_part_of_the_platform_may_know_what_it_serves(String room, String other) {
        planted.with("platform." + room + ".One", "Object field = new dev.waggle.platform." + other + ".Other();");
        planted.with("platform." + other + ".Other", "");
        assertThat(found(new PlatformRule())).isEmpty();
    }

    @Test
    void a_circle_of_packages_is_found_once_with_its_length() {
        planted.with("stanza.One", "dev.waggle.stanza.iq.Two a;");
        planted.with("stanza.iq.Two", "dev.waggle.stanza.keys.Three a;");
        planted.with("stanza.keys.Three", "dev.waggle.stanza.One a;");
        planted.with("stanza.login.Four", "dev.waggle.stanza.One a;");
        List<Finding> found = new CycleRule().check(planted.compiled());
        assertThat(found).extracting(Finding::place, Finding::size).containsExactly(tuple("dev.waggle.stanza", 3));
        assertThat(found.getFirst().says())
                .contains("dev.waggle.stanza.keys knows dev.waggle.stanza (Three -> One)")
                .doesNotContain("login");
    }

    @Test
    void two_circles_apart_are_two_findings() {
        planted.with("wire.frame.One", "dev.waggle.wire.node.Two a;")
                .with("wire.node.Two", "dev.waggle.wire.frame.One a;");
        planted.with("signal.One", "dev.waggle.signal.group.Two a;")
                .with("signal.group.Two", "dev.waggle.signal.One a;");
        assertThat(found(new CycleRule()))
                .containsExactly("room-cycle dev.waggle.signal", "room-cycle dev.waggle.wire.frame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.nio.file.Files.exists(null)",
                "new java.io.File(\"a\")",
                "new java.io.FileInputStream(\"a\")",
                "java.nio.channels.FileChannel.open(null)",
                "new java.net.Socket()",
                "java.net.http.HttpClient.newHttpClient()",
                "javax.net.ssl.SSLContext.getDefault()",
                "java.sql.DriverManager.getConnection(\"a\")",
                "System.getenv(\"a\")",
                "System.getProperty(\"a\")",
                "new java.io.ObjectOutputStream(null)"
            })
    void a_pure_room_that_touches_the_world_is_found(String expression) {
        assertThat(pure(expression))
                .contains("room-io dev.waggle.signal.One")
                .containsOnly("room-io dev.waggle.signal.One");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.time.Instant.now()",
                "java.time.LocalDate.now()",
                "java.time.Clock.systemUTC()",
                "java.time.InstantSource.system()",
                "System.currentTimeMillis()",
                "System.nanoTime()",
                "new java.util.Date()",
                "(java.util.function.Supplier<Object>) java.time.Instant::now",
                "new java.util.concurrent.CompletableFuture<Object>().orTimeout(1, null)"
            })
    void a_pure_room_that_reads_the_clock_is_found(String expression) {
        assertThat(pure(expression)).containsExactly("room-clock dev.waggle.signal.One");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new java.security.SecureRandom()",
                "java.security.SecureRandom.getInstanceStrong()",
                "new java.util.Random()",
                "java.util.concurrent.ThreadLocalRandom.current()",
                "java.util.UUID.randomUUID()",
                "Math.random()",
                "java.util.random.RandomGenerator.getDefault()",
                "(java.util.function.Supplier<Object>) java.security.SecureRandom::new"
            })
    void a_pure_room_that_draws_by_itself_is_found(String expression) {
        assertThat(pure(expression)).containsExactly("room-random dev.waggle.signal.One");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Thread()",
                "Thread.currentThread()",
                "new java.util.Timer()",
                "Runtime.getRuntime()",
                "java.util.concurrent.Executors.newCachedThreadPool()",
                "java.util.concurrent.ForkJoinPool.commonPool()",
                "java.util.concurrent.CompletableFuture.supplyAsync(null)",
                "new ProcessBuilder(\"a\")"
            })
    void a_pure_room_with_threads_is_found(String expression) {
        assertThat(pure(expression))
                .contains("room-thread dev.waggle.signal.One")
                .containsOnly("room-thread dev.waggle.signal.One");
    }

    @Test
    void a_pure_room_on_a_framework_is_found() {
        assertThat(pure("com.typesafe.config.ConfigFactory.load()"))
                .containsOnly("room-framework dev.waggle.signal.One")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new java.io.ByteArrayOutputStream()",
                "java.time.Instant.ofEpochMilli(1)",
                "java.nio.file.Path.of(\"a\")",
                "java.net.URI.create(\"a\")",
                "java.time.Duration.ofSeconds(1)",
                "javax.crypto.Cipher.getInstance(\"AES\")",
                "java.util.concurrent.CompletableFuture.completedFuture(1)",
                "java.nio.ByteBuffer.allocate(1)",
                "((java.security.SecureRandom) null).nextInt()",
                "java.time.Clock.offset(null, null)"
            })
    void form_and_arguments_are_allowed_in_a_pure_room(String expression) {
        assertThat(pure(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"transport", "storage.sqlite", "simulator", "benchmarks", "platform.boot"})
    void the_shell_may_touch_the_world(String room) {
        planted.with(room + ".One", "Object a() { return new Thread() + java.time.Instant.now().toString(); }");
        assertThat(found(new PureRule())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Class.forName(\"a\")",
                "String.class.getDeclaredFields()",
                "String.class.getMethod(\"a\")",
                "((java.lang.reflect.Method) null).invoke(null)",
                "String.class.getRecordComponents()",
                "java.lang.invoke.MethodHandles.lookup().findStatic(null, null, null)",
                "getClass().getAnnotations()",
                "ClassLoader.getSystemClassLoader().loadClass(\"a\")"
            })
    void reflection_is_found_in_every_room(String expression) {
        planted.with("platform.boot.One", "Object a() throws Throwable { return " + expression + "; }");
        assertThat(found(new ReflectionRule()))
                .isNotEmpty()
                .containsOnly("room-reflection dev.waggle.platform.boot.One");
    }

    @Test
    void services_resources_and_byte_views_are_no_reflection() {
        planted.with(
                "crypto.One",
                "record Two(int a) {} enum Three { A } sealed interface Four permits Five {}"
                        + " record Five() implements Four {} int a(Four f, Three t) { return switch (t) { case A -> 1; }; }"
                        + " Object b(Object o) { return switch (o) { case Two(int a) -> \"x\" + a; default -> getClass().getName(); }; }"
                        + " Object c = java.lang.invoke.MethodHandles.byteArrayViewVarHandle(long[].class,"
                        + " java.nio.ByteOrder.LITTLE_ENDIAN);"
                        + " Object d = java.util.ServiceLoader.load(Runnable.class);"
                        + " Object e = One.class.getResourceAsStream(\"a\");");
        assertThat(found(new ReflectionRule())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Manager", "Helper", "Util", "Utils", "Impl"})
    void a_name_that_says_nothing_is_found_even_nested(String word) {
        planted.with("wire.Node", "private static final class Account" + word + " {} class " + word + "s1 {}");
        assertThat(found(new NameRule())).containsExactly("room-name dev.waggle.wire.Node$Account" + word);
    }

    @Test
    void a_package_without_its_mark_is_found() {
        planted.with("wire.node.Node", "").with("wire.frame.Frames", "").with("address.Jid", "");
        planted.source("address.package-info", "@org.jspecify.annotations.NullMarked ");
        planted.source("wire.frame.package-info", "@Deprecated ");
        assertThat(found(new NullMarkRule()))
                .containsExactly("room-null-mark dev.waggle.wire.frame", "room-null-mark dev.waggle.wire.node");
    }

    private List<String> pure(String expression) {
        planted.with("signal.One", "Object a() throws Throwable { return " + expression + "; }");
        return found(new PureRule());
    }

    private List<String> found(RoomRule rule) {
        return rule.check(planted.compiled()).stream()
                .map(finding -> finding.rule() + " " + finding.place())
                .toList();
    }
}
