package dev.waggle.platform.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import dev.waggle.proto.nodes.InBuild;
import dev.waggle.proto.nodes.Tell;
import java.io.NotSerializableException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Bytes of a stranger, or of a build that made a mistake, for the reading side.
class WireFuzzTest {
    private static final Wires WIRES = new Wires();

    @AfterAll
    static void end() {
        WIRES.close();
    }

    private static List<String> kinds() {
        return WIRES.serializer().kinds().names().stream().sorted().toList();
    }

    /// The first byte says which kind the others are taken for.
    @FuzzTest
    void any_bytes_are_a_message_or_refused(byte[] data) {
        if (data.length > 0) {
            List<String> kinds = kinds();
            read(kinds.get(Byte.toUnsignedInt(data[0]) % kinds.size()), Arrays.copyOfRange(data, 1, data.length));
        }
    }

    @FuzzTest
    void any_bytes_are_a_message_inside_a_build_or_refused(byte[] data) {
        read("tell", inBuild(data));
    }

    private static byte[] inBuild(byte[] body) {
        return Tell.newBuilder()
                .setAccount("bee")
                .setReplyTo("pekko://waggle/temp/asker")
                .setInBuild(InBuild.newBuilder().setForm(Travellers.FORM).setBody(ByteString.copyFrom(body)))
                .build()
                .toByteArray();
    }

    @Test
    void thousands_of_spoilt_messages_are_read_or_refused() {
        List<Object> whole = WIRES.samples().messages();
        Random random = new Random(47);
        for (int i = 0; i < 20_000; i++) {
            Object message = whole.get(random.nextInt(whole.size()));
            byte[] bytes = WIRES.serializer().toBinary(message);
            if (bytes.length == 0) {
                continue;
            }
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            read(
                    WIRES.serializer().manifest(message),
                    random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        }
    }

    private static void read(String kind, byte[] bytes) {
        try {
            assertThat(WIRES.serializer().fromBinary(bytes, kind)).isNotNull();
        } catch (NotSerializableException e) {
            assertThat(e).hasMessageContaining("no message of kind " + kind);
        }
    }
}
