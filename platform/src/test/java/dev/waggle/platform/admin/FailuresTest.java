package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.AccountRow;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong behind the API, and what of it is told.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailuresTest {
    private final Desk desk;

    FailuresTest(@TempDir Path data) throws Exception {
        desk = new Desk(data, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
    }

    @AfterAll
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @EnumSource(Refusal.Code.class)
    void a_refusal_is_the_row_of_its_own_name(Refusal.Code code) {
        assertThat(Failures.refused(Refusal.of(code, "why")).problem().name()).isEqualTo(code.name());
        assertThat(Failures.refused(Refusal.of(code, "why"))).hasMessage("why");
    }

    @ParameterizedTest
    @EnumSource(StoreException.Code.class)
    void what_a_store_says_is_as_retryable_as_it_says(StoreException.Code code) {
        Problem problem = Failures.of(new CompletionException(new StoreException(code, "row 7")))
                .problem();
        assertThat(problem.retryable()).isEqualTo(code.retryable());
        assertThat(Failures.of(new StoreException(code, "row 7")).getMessage()).doesNotContain("row 7");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TimeoutException("ask"), Problem.JOURNAL_UNAVAILABLE),
                Arguments.of(new EventsExpiredException(3, 10), Problem.EVENTS_EXPIRED),
                Arguments.of(
                        new StoreException(StoreException.Code.STORAGE_BUSY, "queue"), Problem.STORAGE_UNAVAILABLE),
                Arguments.of(new StoreException(StoreException.Code.STORAGE_FULL, "disk"), Problem.STORAGE_FULL),
                Arguments.of(new IllegalStateException("secret inside"), Problem.INTERNAL_ERROR),
                Arguments.of(new IllegalArgumentException("secret inside"), Problem.INTERNAL_ERROR));
    }

    /// Accounts that all fail in one way.
    private AdminPorts failing(Supplier<Throwable> why) {
        AdminPorts ports = desk.ports();
        AdminPorts.Accounts accounts = new AdminPorts.Accounts() {
            @Override
            public <T> CompletionStage<Answer<T>> ask(
                    AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command) {
                return CompletableFuture.failedStage(why.get());
            }

            @Override
            public CompletionStage<Answer<Done>> restart(AccountId account) {
                return CompletableFuture.failedStage(why.get());
            }

            @Override
            public void tell(AccountId account, AccountCommand command) {}

            @Override
            public List<AccountRow> known(String after, int limit) {
                return List.of();
            }
        };
        return new AdminPorts(
                accounts,
                ports.outbound(),
                ports.events(),
                ports.spool(),
                ports.webhooks(),
                ports.members(),
                ports.budget(),
                ports.version(),
                ports.control(),
                ports.plugins(),
                ports.unready(),
                ports.meters(),
                ports.runtime(),
                ports.random(),
                ports.clock());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_is_told_by_its_row_and_no_more(Throwable failure, Problem expected) throws Exception {
        AdminServer server = desk.start(failing(() -> failure), AdminSettings.of("127.0.0.1", 0, Desk.KEY));
        try {
            HttpResponse<String> response =
                    desk.send(HttpRequest.newBuilder(server.address().resolve("/v1/accounts/bee"))
                            .header("Authorization", "Bearer " + Desk.KEY));
            JsonNode body = Documented.check("Problem", Desk.json(response));
            assertThat(body.at("/code").asText()).isEqualTo(expected.code());
            assertThat(response.statusCode()).isEqualTo(expected.status());
            assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(expected.retryable());
            assertThat(response.body()).doesNotContain("secret inside").doesNotContain("Exception");
            if (expected == Problem.EVENTS_EXPIRED) {
                assertThat(body.at("/oldest").asLong()).isEqualTo(10);
            }
        } finally {
            server.stop().toCompletableFuture().get();
        }
    }

    @Test
    void an_account_that_does_not_answer_is_not_said_to_be_connected() throws Exception {
        AdminPorts ports = failing(() -> new TimeoutException("ask"));
        ports.control()
                .putAccount(new AccountRow(
                        new AccountId("bee"),
                        "RUNNING",
                        "ONLINE",
                        "Bee",
                        List.of(),
                        Map.of(),
                        null,
                        null,
                        null,
                        ports.clock().instant()))
                .toCompletableFuture()
                .get();
        AdminServer server = desk.start(ports, AdminSettings.of("127.0.0.1", 0, Desk.KEY));
        try {
            JsonNode page =
                    Desk.json(desk.send(HttpRequest.newBuilder(server.address().resolve("/v1/accounts"))
                            .header("Authorization", "Bearer " + Desk.KEY)));
            assertThat(page.at("/items/0/observedState").asText()).isEqualTo("WAITING");
            assertThat(page.at("/items/0/reason").asText()).isEqualTo("no-answer");
        } finally {
            server.stop().toCompletableFuture().get();
        }
    }

    @Test
    void retryable_is_what_may_pass() {
        assertThat(Arrays.stream(Problem.values()).filter(Problem::retryable).map(Problem::status))
                .allMatch(status -> status >= 500 || status == 409 || status == 408);
    }
}
