package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parsers that run on Node.js: of PromQL, of Containerfiles, of the compose specification. See `tools/lint.mjs`.
///
/// Without Node.js these checks are skipped, not passed, and a warning says so where people look.
/// `-Dwaggle.interop=off` does the same on purpose. With it, packages that cannot be had are a failure.
final class Foreign {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Deploy.root().resolve("modules/deploy-lint/tools");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");
    private static final int MAJOR_MIN = 20;
    private static final int INSTALL_TRIES = 2;
    private static @Nullable String missing;

    private Foreign() {}

    /// Why nothing can be asked here; empty when it can.
    static synchronized String missing() {
        String known = missing;
        if (known == null) {
            known = lookAround();
            missing = known;
            if (known.isEmpty()) {
                install();
            } else {
                String line = "!".repeat(100);
                System.out.println(line + "\n!!  PROMQL, CONTAINERFILE AND COMPOSE FILE WERE NOT PARSED: " + known
                        + ".\n!!  The tests that need it count as skipped.\n" + line);
            }
        }
        return known;
    }

    /// @param question see `tools/lint.mjs`
    static JsonNode ask(Map<String, ?> question) {
        if (!missing().isEmpty()) {
            throw new IllegalStateException(missing());
        }
        try {
            Process process = new ProcessBuilder("node", "lint.mjs")
                    .directory(FOLDER.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var in = process.getOutputStream()) {
                in.write(JSON.writeValueAsBytes(question));
            }
            byte[] answer = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("lint.mjs ended " + process.exitValue());
            }
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String lookAround() {
        if (System.getProperty("waggle.interop", "on").equals("off")) {
            return "switched off by -Dwaggle.interop=off";
        }
        try {
            String version = run(1, "node", "--version").strip();
            Matcher major = VERSION.matcher(version);
            if (!major.find() || Integer.parseInt(major.group(1)) < MAJOR_MIN) {
                return "Node.js " + version + " is there (expected: " + MAJOR_MIN + " or later)";
            }
            run(1, "npm", "--version");
            return "";
        } catch (IOException e) {
            return "no Node.js with npm on the path (" + e.getMessage() + ")";
        }
    }

    /// `npm ci`, unless it was done for this very lock file.
    private static void install() {
        try {
            String lock = Files.readString(FOLDER.resolve("package-lock.json"));
            Path stamp = FOLDER.resolve("node_modules/.waggle-lock");
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(lock)) {
                run(INSTALL_TRIES, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
                Files.writeString(stamp, lock);
            }
        } catch (IOException e) {
            throw new AssertionError(
                    "the packages of package-lock.json could not be installed; -Dwaggle.interop=off goes on without",
                    e);
        }
    }

    private static String run(int tries, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(List.of(command) + ": still running after a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(List.of(command) + ": interrupted", e);
        }
        if (process.exitValue() == 0) {
            return output;
        }
        if (tries > 1) {
            return run(tries - 1, command);
        }
        throw new IOException(List.of(command) + " ended " + process.exitValue() + ": " + output);
    }
}
