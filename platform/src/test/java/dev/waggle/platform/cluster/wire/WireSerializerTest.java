package dev.waggle.platform.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.cluster.Accounts;
import java.io.NotSerializableException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written on one node and read on another of the same build.
class WireSerializerTest {
    private static final Wires WIRES = new Wires();

    @AfterAll
    static void end() {
        WIRES.close();
    }

    static List<Object> messages() {
        return WIRES.samples().messages();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void what_accounts_are_told_and_answer_comes_as_it_was(Object message) throws Exception {
        assertThat(WIRES.serialization().findSerializerFor(message)).isSameAs(WIRES.serializer());
        assertThat(WIRES.there(message)).isEqualTo(message);
    }

    @Test
    void no_command_is_forgotten_here() {
        assertThat(WIRES.samples().commands().stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(AccountCommand.class.getPermittedSubclasses());
    }

    /// What a sealed family of messages has, and no node says to another.
    private static final Set<String> LOCAL =
            Set.of("Accounts$HandOff", "Accounts$LeaveAll", "Accounts$Nothing", "BudgetKeeper$Stop", "Deliveries$Stop");

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "cluster.Accounts$Command",
                "account.Answer",
                "cluster.budget.BudgetKeeper$Command",
                "cluster.budget.BudgetKeeper$Reply",
                "webhook.Deliveries$Command",
                "webhook.Reply",
            })
    void whatever_a_node_can_say_has_a_kind_or_stays_at_home(String family) throws Exception {
        Set<String> homeless = family(Class.forName("dev.waggle.platform." + family))
                .filter(type -> !Modifier.isPrivate(type.getModifiers()) && type.isRecord())
                .filter(type -> WIRES.serializer().kinds().of(type) == null)
                .map(type -> type.getName().replaceFirst(".*\\.", ""))
                .filter(name -> !LOCAL.contains(name))
                .collect(Collectors.toSet());
        assertThat(homeless).isEmpty();
    }

    private static Stream<Class<?>> family(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(WireSerializerTest::family)
                : Stream.of(type);
    }

    @Test
    void an_actor_that_came_over_the_wire_hears_what_it_is_told() throws Exception {
        var tell = (Accounts.Tell) WIRES.there(new Accounts.Tell(
                Samples.ACCOUNT, new AccountCommand.Describe(WIRES.samples().somebody())));
        ((AccountCommand.Describe) tell.command()).replyTo().tell(Answer.of(Samples.view()));
        WIRES.probe().expectMessage(Answer.of(Samples.view()));
    }

    @Test
    void what_may_not_travel_is_refused_by_name() {
        Answer<?> stranger = Answer.of(new java.util.Random(1));
        assertThatThrownBy(() -> WIRES.serialization().serialize(stranger).get())
                .hasMessageContaining("java.util.Random");
    }

    @Test
    void a_message_larger_than_a_frame_is_refused_by_its_writer() {
        var large = new AccountCommand.Send(
                Samples.JID,
                "text",
                "",
                Bytes.wrap(new byte[WireSerializer.MESSAGE_BYTES_MAX]),
                "key",
                Bytes.EMPTY,
                WIRES.samples().somebody());
        assertThatThrownBy(() -> WIRES.serialization()
                        .serialize(new Accounts.Tell(Samples.ACCOUNT, large))
                        .get())
                .hasMessageContaining("(expected: up to " + WireSerializer.MESSAGE_BYTES_MAX + " between nodes)");
    }

    @Test
    void a_kind_that_nobody_has_is_refused_by_name() {
        assertThatThrownBy(() -> WIRES.serializer().fromBinary(new byte[0], "dance"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("a message of kind dance (expected: one that this build knows)");
    }

    @Test
    void nothing_is_written_the_way_of_java() {
        assertThat(WIRES.serialization()
                        .system()
                        .settings()
                        .config()
                        .getBoolean("pekko.actor.allow-java-serialization"))
                .isFalse();
        assertThatThrownBy(() -> WIRES.serialization()
                        .serialize(new java.util.concurrent.atomic.AtomicLong(1))
                        .get())
                .hasMessageContaining("`pekko.actor.allow-java-serialization` was disabled");
    }
}
