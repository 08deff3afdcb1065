package dev.waggle.platform.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.cluster.Accounts;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.Trial;
import dev.waggle.proto.nodes.Empty;
import dev.waggle.proto.nodes.InBuild;
import dev.waggle.proto.nodes.Nodes;
import dev.waggle.proto.nodes.PairingView;
import dev.waggle.proto.nodes.Refused;
import dev.waggle.proto.nodes.Tell;
import dev.waggle.proto.nodes.View;
import java.io.NotSerializableException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nodes of two builds that follow each other. What the one before wrote stands in golden files, which are added
/// and never edited; what the next one writes is more than this one knows.
class CrossingTest {
    private static final Wires WIRES = new Wires();

    @AfterAll
    static void end() {
        WIRES.close();
    }

    static List<Golden> files() {
        return Golden.all();
    }

    private static Kind<?, ?> kind(Golden golden) {
        return Objects.requireNonNull(WIRES.serializer().kinds().named(golden.kind()), golden.kind());
    }

    private static Message parsed(Golden golden) {
        try {
            return (Message) kind(golden).parser().parseFrom(golden.bytes());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(golden.name() + ": " + e.getMessage(), e);
        }
    }

    private static Object read(Golden golden) throws NotSerializableException {
        return WIRES.serializer().fromBinary(golden.bytes().toByteArray(), golden.kind());
    }

    @ParameterizedTest
    @MethodSource("files")
    void bytes_of_the_build_before_mean_what_they_meant(Golden golden) {
        Message expected = golden.expected(parsed(golden));
        assertThat(parsed(golden))
                .as("%s, whose value is written today as%n%s", golden, hex(expected))
                .isEqualTo(expected);
        assertThat(HexFormat.of().formatHex(golden.bytes().toByteArray())).isEqualTo(hex(expected));
    }

    private static String hex(Message message) {
        return HexFormat.of().formatHex(message.toByteArray());
    }

    /// No field of it is passed over, and none is written otherwise than it was read.
    @ParameterizedTest
    @MethodSource("files")
    void what_the_build_before_wrote_is_read_and_written_as_it_was(Golden golden) throws Exception {
        byte[] again = WIRES.serializer().toBinary(read(golden));
        assertThat((Object) kind(golden).parser().parseFrom(again)).isEqualTo(parsed(golden));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_field_of_the_next_build_is_passed_over(Golden golden) throws Exception {
        Message later = parsed(golden).toBuilder().setUnknownFields(unknown()).build();
        assertThat(WIRES.serializer().fromBinary(later.toByteArray(), golden.kind()))
                .isEqualTo(read(golden));
    }

    private static UnknownFieldSet unknown() {
        return UnknownFieldSet.newBuilder()
                .addField(4711, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
    }

    @Test
    void every_kind_and_every_field_is_in_some_file() {
        assertThat(files().stream().map(Golden::kind))
                .containsAll(WIRES.serializer().kinds().names());
        Set<FieldDescriptor> seen = new HashSet<>();
        files().forEach(golden -> collect(parsed(golden), seen));
        assertThat(seen).hasSizeGreaterThan(100);
        List<String> missing = Nodes.getDescriptor().getMessageTypes().stream()
                .filter(type -> !type.getOptions().getMapEntry())
                .flatMap(type -> type.getFields().stream())
                // Nothing asks for more than the first level yet; what is of one build has no yesterday.
                .filter(field -> !field.getName().equals("needs"))
                .filter(field -> !field.getName().equals("in_build")
                        && !field.getContainingType().getName().equals("InBuild"))
                .filter(field -> !seen.contains(field))
                .map(FieldDescriptor::getFullName)
                .toList();
        assertThat(missing).as("stand in no golden file").isEmpty();
    }

    private static void collect(Message message, Set<FieldDescriptor> seen) {
        message.getAllFields().forEach((field, value) -> {
            seen.add(field);
            List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
            values.forEach(each -> {
                if (each instanceof Message inner && !field.isMapField()) {
                    collect(inner, seen);
                }
            });
        });
    }

    private static Tell.Builder tell() {
        return Tell.newBuilder()
                .setAccount("bee-1")
                .setReplyTo(WIRES.name(WIRES.probe().getRef()));
    }

    static List<Tell> strangeCommands() {
        return List.of(
                tell().build(),
                tell().setUnknownFields(unknown()).build(),
                tell().setDescribe(Empty.getDefaultInstance())
                        .setNeeds(Commands.LEVEL + 1)
                        .build(),
                tell().setInBuild(InBuild.newBuilder().setForm("of another build"))
                        .build(),
                tell().setSetProxy(dev.waggle.proto.nodes.SetProxy.newBuilder()
                                .setProxy(dev.waggle.proto.nodes.Proxy.newBuilder()
                                        .setKind("QUIC")
                                        .setHost("127.0.0.1")))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("strangeCommands")
    void what_this_build_does_not_know_of_a_command_is_refused_by_name(Tell tell) throws Exception {
        var unheard = (Accounts.Unheard) WIRES.serializer().fromBinary(tell.toByteArray(), "tell");
        assertThat(unheard.account()).isEqualTo(Samples.ACCOUNT);
        // It may have to go on to the node that has the account.
        var passedOn = (Accounts.Unheard) WIRES.there(unheard);
        passedOn.refuse();
        var answer = WIRES.probe().expectMessageClass(Answer.Refused.class);
        assertThat(answer.refusal().code()).isEqualTo(Refusal.Code.OTHER_BUILD);
    }

    static List<dev.waggle.proto.nodes.Answer> strangeAnswers() {
        var answer = dev.waggle.proto.nodes.Answer.newBuilder();
        return List.of(
                answer.build(),
                answer.clone().setUnknownFields(unknown()).build(),
                answer.clone()
                        .setRefused(Refused.newBuilder().setCode("TOO_TIRED").setDetail("of work"))
                        .build(),
                answer.clone()
                        .setView(View.newBuilder().setId("bee-1").setObserved("HOVERING"))
                        .build(),
                answer.clone()
                        .setPairing(PairingView.newBuilder().setState("BLESSED"))
                        .build(),
                answer.clone()
                        .setInBuild(InBuild.newBuilder().setForm("of another build"))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("strangeAnswers")
    void what_this_build_does_not_know_of_an_answer_is_none(dev.waggle.proto.nodes.Answer answer) throws Exception {
        var read = (Answer.Refused<?>) WIRES.serializer().fromBinary(answer.toByteArray(), "answer");
        assertThat(read.refusal().code()).isEqualTo(Refusal.Code.OTHER_BUILD);
    }

    @Test
    void a_step_of_a_bot_of_the_next_build_is_refused_and_nothing_else_is() throws Exception {
        WireSerializer next = new NextBuild(WIRES.serialization().system());
        for (Object message : WIRES.samples().messages()) {
            Object read = WIRES.serializer().fromBinary(next.toBinary(message), next.manifest(message));
            if (message instanceof Accounts.Tell(var _, var command)
                    && (command instanceof AccountCommand.StepPlugin || command instanceof AccountCommand.Leave)) {
                assertThat(read).isInstanceOf(Accounts.Unheard.class);
            } else if (message instanceof Answer.Granted<?>(var value)
                    && value instanceof AccountCommand.PluginStepDone) {
                assertThat(read).isInstanceOf(Answer.Refused.class);
            } else {
                assertThat(read).isEqualTo(message);
            }
        }
    }

    @Test
    void bytes_that_are_no_message_of_their_kind_are_refused_by_name() {
        byte[] bytes = tell().setAccount("no such name!")
                .setDescribe(Empty.getDefaultInstance())
                .build()
                .toByteArray();
        assertThatThrownBy(() -> WIRES.serializer().fromBinary(bytes, "tell"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("no message of kind tell")
                .hasMessageContaining("no such name!");
        byte[] noReply = Tell.newBuilder().setAccount("bee-1").build().toByteArray();
        assertThatThrownBy(() -> WIRES.serializer().fromBinary(noReply, "tell"))
                .hasMessageContaining("reply to: '' (expected: the name of an actor)");
        assertThatThrownBy(() -> WIRES.serializer()
                        .fromBinary(ByteString.copyFromUtf8("??").toByteArray(), "news"))
                .isInstanceOf(NotSerializableException.class);
    }

    /// Each form of what one build says to itself stands in a file of its own: whoever changes a type raises
    /// [Travellers#FORM] and adds the next file.
    @Test
    void types_that_do_not_cross_builds_are_those_of_their_form() throws Exception {
        String name = "/waggle/nodes/form-" + Travellers.FORM + ".txt";
        assertThat(shapes(Travellers.records().stream()))
                .as("raise Travellers.FORM and add the file of the next form")
                .isEqualTo(resource(name));
    }

    /// A part that is added to a record must be added to `nodes.proto` too, written, read, and put into a golden
    /// file; this file says that somebody thought of it.
    @Test
    void types_that_cross_builds_have_no_part_that_nobody_thought_of() throws Exception {
        Set<Class<?>> crossing = new HashSet<>();
        WIRES.samples().messages().forEach(message -> records(message, crossing));
        crossing.addAll(List.of(Position.class, Position.Waiting.class, Trial.class));
        WIRES.serializer().kinds().types().stream().filter(Class::isRecord).forEach(crossing::add);
        Travellers.records().stream().filter(type -> type != Jid.class).forEach(crossing::remove);
        assertThat(shapes(crossing.stream()))
                .as("write it into nodes.proto, read it, add a golden file, then change crossing.txt")
                .isEqualTo(resource("/waggle/nodes/crossing.txt"));
    }

    private static void records(Object value, Set<Class<?>> found) {
        switch (value) {
            case Record parts -> {
                found.add(parts.getClass());
                for (var component : parts.getClass().getRecordComponents()) {
                    try {
                        component.getAccessor().setAccessible(true);
                        Object part = component.getAccessor().invoke(parts);
                        if (part != null) {
                            records(part, found);
                        }
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            case Iterable<?> items -> items.forEach(item -> records(item, found));
            default -> {
                // Has no parts of ours.
            }
        }
    }

    private static String shapes(Stream<? extends Class<?>> types) {
        return types.filter(type -> type.getName().startsWith("dev.waggle."))
                .map(type -> type.getName().replace("dev.waggle.", "")
                        + Stream.of(type.getRecordComponents())
                                .map(part -> part.getGenericType().getTypeName().replaceAll("[a-zA-Z_]+\\.", "") + " "
                                        + part.getName())
                                .collect(Collectors.joining(", ", "(", ")")))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String resource(String name) throws Exception {
        try (var in = CrossingTest.class.getResourceAsStream(name)) {
            return in == null
                    ? "there is no " + name
                    : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
