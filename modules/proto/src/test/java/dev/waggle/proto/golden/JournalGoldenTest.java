package dev.waggle.proto.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.waggle.proto.journal.BotState;
import dev.waggle.proto.journal.CursorRow;
import dev.waggle.proto.journal.DeadLetterRow;
import dev.waggle.proto.journal.Delivery;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Journal;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.Snapshot;
import dev.waggle.proto.journal.SpooledFile;
import dev.waggle.proto.journal.Unlinked;
import dev.waggle.proto.journal.WebhookRow;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What was ever written to a journal or a store can be read and means the same. A golden file is added, never
/// edited.
class JournalGoldenTest {
    /// The types that are stored by themselves.
    private static final Map<String, Message> STORED = Stream.of(
                    Event.getDefaultInstance(),
                    PublicEvent.getDefaultInstance(),
                    Snapshot.getDefaultInstance(),
                    Intent.getDefaultInstance(),
                    BotState.getDefaultInstance(),
                    MediaFile.getDefaultInstance(),
                    SpooledFile.getDefaultInstance(),
                    WebhookRow.getDefaultInstance(),
                    CursorRow.getDefaultInstance(),
                    DeadLetterRow.getDefaultInstance(),
                    DeviceRow.getDefaultInstance())
            .collect(Collectors.toMap(type -> type.getDescriptorForType().getName(), Function.identity()));

    @ParameterizedTest
    @MethodSource("files")
    void stored_bytes_mean_what_they_meant(Golden golden) {
        Message expected = expected(golden);
        assertThat(parsed(golden)).as(() -> written(golden, expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("files")
    void what_is_read_is_written_byte_for_byte(Golden golden) {
        assertThat(parsed(golden).toByteString()).isEqualTo(golden.bytes());
        assertThat(expected(golden).toByteString()).isEqualTo(golden.bytes());
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_field_of_a_later_build_is_kept(Golden golden) {
        Message later = parsed(golden).toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                4711,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();
        assertThat(parsed(new Golden(golden.name(), golden.type(), golden.text(), later.toByteString()))
                        .toByteString())
                .isEqualTo(later.toByteString());
    }

    @Test
    void every_kind_of_event_has_a_file() {
        Set<String> names = files().map(Golden::name).collect(Collectors.toSet());
        assertThat(names).containsAll(files("event", Event.getDescriptor()));
        assertThat(names).containsAll(files("public-event", PublicEvent.getDescriptor()));
        assertThat(files().map(Golden::type)).containsAll(STORED.keySet());
    }

    /// Whoever adds a field writes it into a new golden file, with any value but the default.
    @Test
    void every_field_is_in_some_file() {
        Set<FieldDescriptor> seen = new HashSet<>();
        files().forEach(golden -> collect(parsed(golden), seen));
        List<FieldDescriptor> all = Stream.of(Journal.getDescriptor(), Delivery.getDescriptor())
                .flatMap(file -> file.getMessageTypes().stream())
                .filter(type -> !type.getOptions().getMapEntry())
                .flatMap(type -> type.getFields().stream())
                .toList();
        assertThat(all).hasSizeGreaterThan(100).allMatch(seen::contains, "stands in a golden file");
    }

    @Test
    void the_reasons_of_an_unlink_keep_their_numbers() {
        assertThat(Unlinked.Reason.getDescriptor().getValues())
                .extracting(EnumValueDescriptor::getName)
                .startsWith("UNKNOWN", "LOGGED_OUT", "BANNED", "OUTDATED", "REPLACED");
        assertThat(Unlinked.Reason.getDescriptor().getValues())
                .allMatch(value -> value.getNumber() == value.getIndex(), "numbered in order");
    }

    private static Set<String> files(String type, Descriptor stored) {
        return stored.getOneofs().getFirst().getFields().stream()
                .map(kind -> type + "-" + kind.getName().replace('_', '-'))
                .collect(Collectors.toSet());
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

    private static Message parsed(Golden golden) {
        try {
            return type(golden).getParserForType().parseFrom(golden.bytes());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(golden.name() + ": " + e.getMessage(), e);
        }
    }

    private static Message expected(Golden golden) {
        return golden.into(type(golden).newBuilderForType()).build();
    }

    private static Message type(Golden golden) {
        return Objects.requireNonNull(STORED.get(golden.type()), golden.type() + " is not stored by itself");
    }

    private static String written(Golden golden, Message expected) {
        return golden.name() + ", whose value is written today as\n"
                + HexFormat.of().formatHex(expected.toByteArray()) + "\n";
    }

    static Stream<Golden> files() {
        return Golden.all().stream();
    }
}
