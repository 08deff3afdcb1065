package dev.waggle.persistence.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.persistence.cassandra.TestCassandra;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {
    private static final String CREATE = "CREATE TABLE ${keyspace}.once%d (id int PRIMARY KEY);";

    private CassandraSettings settings;
    private Link link;

    @BeforeEach
    void open() {
        settings = settings(TestCassandra.unique("migrated"), 0);
        link = Link.open(settings);
    }

    @AfterEach
    void drop() {
        link.session().execute("DROP KEYSPACE IF EXISTS " + settings.keyspace());
        link.close();
    }

    /// Another number makes another session.
    private static CassandraSettings settings(String keyspace, int number) {
        StorageSettings given = TestCassandra.settings(TestCassandra.server(), keyspace);
        Map<String, String> options = new HashMap<>(given.options());
        options.put("request-timeout-ms", Integer.toString(20_000 + number));
        return CassandraSettings.from(new StorageSettings(given.dataDirectory(), options));
    }

    private List<String> taken() {
        List<String> names = new ArrayList<>();
        link.session()
                .execute("SELECT name FROM " + settings.keyspace() + ".schema_version")
                .forEach(row -> names.add(row.getString("name")));
        return names;
    }

    private void run(List<Step> steps) {
        Migrations.run(link.session(), settings, steps);
    }

    @Test
    void of_several_who_begin_at_once_one_takes_each_step() throws Exception {
        // Not to be repeated: whoever takes one a second time fails.
        List<Step> steps =
                List.of(Step.of("001_a.cql", CREATE.formatted(1)), Step.of("002_b.cql", CREATE.formatted(2)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int number = 1; number <= 3; number++) {
                CassandraSettings own = settings(settings.keyspace(), number);
                all.add(() -> {
                    try (Link session = Link.open(own)) {
                        Migrations.run(session.session(), own, steps);
                        return true;
                    }
                });
            }
            for (Future<Boolean> one : threads.invokeAll(all)) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(taken()).containsExactly("001_a.cql", "002_b.cql");
        assertThat(link.session()
                        .execute("SELECT * FROM " + settings.keyspace() + ".schema_lock")
                        .one())
                .isNull();
    }

    @Test
    void what_is_there_is_not_taken_again_and_what_is_new_follows() {
        Step first = Step.of("001_a.cql", "-- words; of no effect\n" + CREATE.formatted(1));
        run(List.of(first));
        run(List.of(first, Step.of("002_b.cql", CREATE.formatted(2))));
        assertThat(taken()).containsExactly("001_a.cql", "002_b.cql");
    }

    @Test
    void the_keyspace_of_a_later_build_or_of_other_steps_is_refused() {
        Step first = Step.of("001_a.cql", CREATE.formatted(1));
        run(List.of(first, Step.of("002_b.cql", CREATE.formatted(2))));
        assertThatThrownBy(() -> run(List.of(first)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-refused: the keyspace " + settings.keyspace() + " has a step 2");
        assertThatThrownBy(() -> run(
                        List.of(Step.of("001_a.cql", CREATE.formatted(3)), Step.of("002_b.cql", CREATE.formatted(2)))))
                .hasMessageContaining("has a step 1 that this build does not have");
    }

    @Test
    void a_step_that_fails_is_not_taken_and_the_lock_is_given_back() {
        Step broken = Step.of("001_a.cql", "CREATE NONSENSE;");
        assertThatThrownBy(() -> run(List.of(broken)))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-refused: ");
        run(List.of(Step.of("001_a.cql", CREATE.formatted(1))));
        assertThat(taken()).containsExactly("001_a.cql");
    }

    @Test
    void the_steps_of_this_build_name_no_keyspace_and_can_be_repeated() {
        assertThat(Step.all())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(step -> assertThat(step.statements())
                        .isNotEmpty()
                        .allSatisfy(statement ->
                                assertThat(statement).startsWith("CREATE TABLE IF NOT EXISTS ${keyspace}.")));
        assertThat(Step.all()).extracting(Step::number).isSorted().doesNotHaveDuplicates();
    }
}
