package dev.waggle.persistence.cassandra.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.StorageSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassandraSettingsTest {
    private static StorageSettings given(Map<String, String> options) {
        return new StorageSettings(Path.of("."), options);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contact-points     | localhost      | host:port, with commas between",
                "contact-points     | a:1,,b:2       | host:port, with commas between",
                "contact-points     | a:70000        | host:port, with commas between",
                "keyspace           | Waggle         | a letter, then letters, digits and _, lower case, at most 48",
                "keyspace           | w; DROP        | a letter, then letters, digits and _, lower case, at most 48",
                "local-datacenter   | dc'1           | the name of a data centre",
                "replication        | 0              | 1..9, or data-centre:1..9 with commas between",
                "replication        | east:3,east:2  | 1..9, or data-centre:1..9 with commas between",
                "replication        | east:3         | the data centre datacenter1 among others",
                "replication        | x'}:3          | 1..9, or data-centre:1..9 with commas between",
                "request-timeout-ms | 5s             | a whole number 100..60000",
                "request-timeout-ms | 99             | a whole number 100..60000",
                "requests-max       | 0              | a whole number 1..4096",
                "seen-kept          | long           | a span such as 45d",
                "password           | lone           | a name, because there is a password",
                "contct-points      | a:1            | one of [contact-points,",
            })
    void a_value_that_cannot_be_is_named_with_its_rule(String option, String value, String rule) {
        assertThatThrownBy(() -> CassandraSettings.from(given(Map.of(option, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("storage option ")
                .hasMessageContaining("(expected: ")
                .hasMessageContaining(rule);
    }

    /// What an account would still go by must not go by itself before.
    @Test
    void ids_live_longer_than_accounts_keep_them_and_for_ever_rather_than_too_short() {
        assertThat(seen("45d")).isEqualTo(days(60));
        assertThat(seen("90 days")).isEqualTo(days(105));
        assertThat(seen("20000d")).isZero();
        assertThat(CassandraSettings.from(given(Map.of())).seenSeconds()).isEqualTo(days(60));
    }

    private static int seen(String kept) {
        return CassandraSettings.from(given(Map.of("seen-kept", kept))).seenSeconds();
    }

    private static int days(int days) {
        return days * 24 * 60 * 60;
    }

    @Test
    void a_password_is_not_shown() {
        CassandraSettings settings = CassandraSettings.from(given(Map.of("user", "waggle", "password", "hidden")));
        assertThat(settings.toString()).contains("Login[waggle]").doesNotContain("hidden");
    }

    @Test
    void copies_are_said_for_the_local_data_centre_or_for_each() {
        assertThat(CassandraSettings.from(given(Map.of())).replication()).isEqualTo(Map.of("datacenter1", 3));
        assertThat(CassandraSettings.from(given(Map.of("local-datacenter", "east", "replication", "east:3, west:2")))
                        .replication())
                .isEqualTo(Map.of("east", 3, "west", 2));
    }

    @Test
    void the_journal_is_told_to_use_the_same_keyspace_and_session() {
        Map<String, String> config = BackendDriver.named("cassandra")
                .actorSystemConfig(given(Map.of("contact-points", "a:1,b:2", "keyspace", "bees")));
        assertThat(config)
                .containsEntry("pekko.persistence.journal.plugin", "pekko.persistence.cassandra.journal")
                .containsEntry("pekko.persistence.cassandra.journal.keyspace", "bees")
                .containsEntry("pekko.persistence.cassandra.snapshot.keyspace", "bees")
                .containsEntry("pekko.persistence.cassandra.waggle-options.contact-points", "a:1,b:2");
    }
}
