package dev.waggle.signal.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.waggle.proto.signal.StoredPreKey;
import dev.waggle.proto.signal.StoredSenderKey;
import dev.waggle.proto.signal.StoredSession;
import dev.waggle.proto.signal.StoredSignedPreKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whoever adds a field to a stored record adds a golden file in which it is set.
class StoredFieldsTest {
    @Test
    void every_field_of_every_record_is_in_some_file() throws InvalidProtocolBufferException {
        Set<FieldDescriptor> seen = new HashSet<>();
        collect(StoredSession.parseFrom(GoldenFile.read("session")), seen);
        collect(StoredSession.parseFrom(GoldenFile.read("session-without-current")), seen);
        collect(StoredSession.parseFrom(GoldenFile.read("session-restored")), seen);
        collect(StoredSenderKey.parseFrom(GoldenFile.read("sender-key")), seen);
        collect(StoredSenderKey.parseFrom(GoldenFile.read("sender-key-restored")), seen);
        collect(StoredPreKey.parseFrom(GoldenFile.read("pre-key")), seen);
        collect(StoredSignedPreKey.parseFrom(GoldenFile.read("signed-pre-key")), seen);
        List<FieldDescriptor> all = StoredSession.getDescriptor().getFile().getMessageTypes().stream()
                .filter(type -> type.getName().startsWith("Stored"))
                .flatMap(type -> type.getFields().stream())
                .toList();
        assertThat(all).hasSizeGreaterThan(40).allMatch(seen::contains, "stands in a golden file");
    }

    private static void collect(Message message, Set<FieldDescriptor> seen) {
        message.getAllFields().forEach((field, value) -> {
            seen.add(field);
            List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
            values.stream()
                    .filter(Message.class::isInstance)
                    .map(Message.class::cast)
                    .forEach(inner -> collect(inner, seen));
        });
    }
}
