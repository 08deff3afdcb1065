package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.address.AccountId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node on a disk that has no room left: what it answers, what it tells the server, and that it goes on by
/// itself.
class FullDiskTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// More than a full disk has left in the pages that it gave already.
    private static final String LARGE = "meanwhile ".repeat(2_000);

    @TempDir
    Path folder;

    @Test
    void a_full_disk_is_told_at_once_acknowledges_nothing_and_all_goes_on_by_itself_when_there_is_room()
            throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=24m", "waggle-test", disk.toString()), notTested());
        try (HttpClient http = HttpClient.newHttpClient()) {
            try (Demo demo = Demo.start("sqlite", disk, line -> {})) {
                String account = demo.pair();
                String carla = demo.contact("Carla");
                demo.exchange(carla, account, "before");
                URI admin = demo.openAdmin("key");
                fill(disk);
                HttpResponse<String> refused = send(http, admin, carla);
                while (refused.statusCode() == 202) {
                    // What is left of the last page of the WAL is used up first.
                    refused = send(http, admin, carla);
                }
                assertFull(refused);
                // The account is down now, or just tries again: it answers all the same.
                for (int i = 0; i < 20; i++) {
                    assertFull(send(http, admin, carla));
                }
                demo.post(
                        "/contacts/" + carla + "/messages", "{\"to\":\"" + account + "\",\"text\":\"" + LARGE + "\"}");
                // Had the node receipted what it could not keep, the server would not bring it again. (What the contact
                // is
                // shown says nothing here: the account's phone has receipted it, too.)
                Files.delete(disk.resolve("filler"));
                demo.until("the message", () -> received(demo, LARGE), count -> count == 1);
                demo.online();
                demo.exchange(carla, account, "after");
                assertThat(received(demo, LARGE)).isOne();
                assertThat(received(demo, "before")).isOne();
                assertThat(JSON.readTree(demo.get("/report")).path("reusedCounters"))
                        .isEmpty();
            }
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    /// Said by the account, not by whoever has waited long enough for it.
    private static void assertFull(HttpResponse<String> refused) throws IOException {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(JSON.readTree(refused.body()).path("type").asText()).isEqualTo("urn:waggle:problem:storage-full");
    }

    private int sends;

    private HttpResponse<String> send(HttpClient http, URI admin, String contact) throws Exception {
        String body = JSON.createObjectNode()
                .put("chat", "+" + contact.replaceAll("@.*", ""))
                .put("type", "text")
                .put("text", "x".repeat(20_000))
                .toString();
        return http.send(
                HttpRequest.newBuilder(admin.resolve("/v1/accounts/demo/messages"))
                        .header("Authorization", "Bearer key")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "key-" + ++sends)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static long received(Demo demo, String text) {
        return demo
                .node()
                .events()
                .page(ACCOUNT, 0, Set.of("message.received"), 1_000)
                .toCompletableFuture()
                .join()
                .stream()
                .filter(event -> event.getMessage().getText().equals(text))
                .count();
    }

    private static void fill(Path disk) {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(new byte[512]);
            }
        } catch (IOException e) {
            // That is what a full disk says.
        }
    }

    private static String notTested() {
        return "NOT TESTED: a full disk needs a file system of its own, which only root can mount";
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
