package dev.waggle.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Node.js of this machine with the locked packages in place. Looked for once per run.
///
/// Without it tests are skipped, not passed, and a warning says so where people look. `-Dwaggle.interop=off` does
/// the same on purpose. With it, packages that cannot be had are a failure.
final class NodeJs {
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.");
    private static final int MAJOR_MIN = 20;
    private static final int INSTALL_TRIES = 2;
    private static final Path FOLDER = Path.of(System.getProperty("waggle.interop.folder", "baileys"));
    private static @Nullable String missing;
    private static boolean ready;

    private NodeJs() {}

    /// Why nothing can be run here; empty when it can.
    static synchronized String missing() {
        if (missing == null) {
            missing = lookAround();
            if (!missing.isEmpty()) {
                warn(missing);
            }
        }
        return missing;
    }

    /// A process that runs one of the folder's scripts; its stderr goes to the file.
    ///
    /// @param trusted PEM file of an authority that it trusts besides the usual ones; none when null
    static Process start(String script, Path errors, @Nullable Path trusted) throws IOException {
        prepare();
        ProcessBuilder process =
                new ProcessBuilder("node", script).directory(FOLDER.toFile()).redirectError(errors.toFile());
        if (trusted != null) {
            process.environment().put("NODE_EXTRA_CA_CERTS", trusted.toString());
        }
        return process.start();
    }

    private static synchronized void prepare() {
        if (!ready) {
            install();
            ready = true;
        }
    }

    private static String lookAround() {
        if (System.getProperty("waggle.interop", "on").equals("off")) {
            return "switched off by -Dwaggle.interop=off";
        }
        try {
            String version = run(1, "node", "--version").strip();
            Matcher major = VERSION.matcher(version);
            boolean enough = major.find() && Integer.parseInt(major.group(1)) >= MAJOR_MIN;
            if (!enough) {
                return "Node.js " + version + " is there (expected: " + MAJOR_MIN + " or later)";
            }
            run(1, "npm", "--version");
            return "";
        } catch (IOException e) {
            return "no Node.js with npm on the path (" + e.getMessage() + ")";
        }
    }

    private static void warn(String why) {
        String line = "!".repeat(100);
        System.out.println(line + "\n!!  THE INTEROP SUITE DID NOT RUN: " + why
                + ".\n!!  Nothing was tried against a client that we did not write; its tests count as skipped.\n"
                + line);
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
