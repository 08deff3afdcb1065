package dev.waggle.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/waggle` beside a `lib` folder, as a container has it. Java is a script that says what it was given.
class LauncherTest {
    private final Path root;
    private final Path java;
    private final Map<String, String> environment = new TreeMap<>();

    LauncherTest(@TempDir Path folder) {
        root = folder.resolve("waggle");
        java = folder.resolve("java");
    }

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("lib"));
        Files.copy(Path.of("../bin/waggle"), root.resolve("bin/waggle"), StandardCopyOption.COPY_ATTRIBUTES);
        java("25.0.1");
        environment.put("WAGGLE_JAVA_HOME", java.toString());
    }

    /// A runtime: without a compiler.
    private void java(String version) throws IOException {
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path program = Files.writeString(java.resolve("bin/java"), """
                #!/bin/sh
                echo "pid=$$"
                for argument; do echo "argument=$argument"; done
                env | grep ^WAGGLE_
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Ran(long pid, int code, List<String> out) {}

    private Ran run(String... arguments) throws Exception {
        List<String> command =
                new java.util.ArrayList<>(List.of(root.resolve("bin/waggle").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("WAGGLE_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return new Ran(process.pid(), process.waitFor(), out);
    }

    @Test
    void jars_are_run_and_nothing_is_built() throws Exception {
        environment.put("WAGGLE_JAVA_OPTS", "-Xmx1g -Da=b");
        Ran ran = run("serve", "--config", "a file");
        assertThat(ran.code()).as(String.join("\n", ran.out())).isZero();
        assertThat(ran.out())
                .containsSequence("argument=-cp", "argument=" + root + "/lib/*")
                .containsSequence(
                        "argument=dev.waggle.platform.boot.Main",
                        "argument=serve",
                        "argument=--config",
                        "argument=a file")
                .contains("argument=-Xmx1g", "argument=-Da=b")
                .contains("WAGGLE_CONF=" + root + "/conf/waggle.conf");
    }

    /// Whoever stops a container stops Java, not a shell before it.
    @Test
    void the_process_that_was_started_becomes_java() throws Exception {
        Ran ran = run("serve");
        assertThat(ran.out()).contains("pid=" + ran.pid());
    }

    @Test
    void secrets_are_read_from_the_files_that_are_named(@TempDir Path secrets) throws Exception {
        Path key = Files.writeString(secrets.resolve("key"), "a $key with `odd` 'signs'\n");
        environment.put("WAGGLE_ADMIN_KEY_FILE", key.toString());
        environment.put("WAGGLE_MASTER_KEY_FILE", key.toString());
        environment.put("WAGGLE_MASTER_KEY", "set");
        assertThat(run("serve").out())
                .contains("WAGGLE_ADMIN_KEY=a $key with `odd` 'signs'", "WAGGLE_MASTER_KEY=set")
                .noneMatch(line -> line.startsWith("WAGGLE_CASSANDRA_PASSWORD="))
                .noneMatch(line -> line.startsWith("argument=") && line.contains("odd"));
    }

    @Test
    void a_secret_whose_file_is_not_there_is_named_and_nothing_is_run() throws Exception {
        environment.put("WAGGLE_CASSANDRA_PASSWORD_FILE", "none");
        Ran ran = run("serve");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .containsExactly("WAGGLE_CASSANDRA_PASSWORD_FILE: none (expected: a file that can be read)");
    }
}
