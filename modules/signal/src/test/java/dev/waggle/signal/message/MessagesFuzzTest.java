package dev.waggle.signal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import dev.waggle.signal.SignalException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Whatever the bytes, a parser gives a message or its one exception.
class MessagesFuzzTest {
    private static final Bytes KEY = Bytes.wrap(new byte[32]);
    private static final byte[] RATCHET = RatchetMessage.signed(
            RatchetMessage.unsigned(KEY, 300, 7, new byte[32]), new byte[RatchetMessage.MAC_BYTES]);
    private static final List<byte[]> VALID = List.of(
            RATCHET,
            PreKeyMessage.encode(12_345, OptionalInt.of(70_000), 3, KEY, KEY, RATCHET),
            GroupMessage.signed(GroupMessage.unsigned(-1, 900, new byte[48]), new byte[GroupMessage.SIGNATURE_BYTES]),
            new DistributionMessage(0x7FFF_FFFF, 5, KEY, KEY).encode().toArray());

    @FuzzTest
    void a_session_message_or_the_named_fault(byte[] data) {
        parsed(RatchetMessage::parse, data);
    }

    @FuzzTest
    void a_first_message_or_the_named_fault(byte[] data) {
        parsed(PreKeyMessage::parse, data);
    }

    @FuzzTest
    void a_group_message_or_the_named_fault(byte[] data) {
        parsed(GroupMessage::parse, data);
    }

    @FuzzTest
    void a_distribution_or_the_named_fault(byte[] data) {
        parsed(DistributionMessage::parse, data);
    }

    @Test
    void five_thousand_changes_of_each_valid_message_give_messages_or_the_named_fault() {
        var dice = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            for (byte[] valid : VALID) {
                byte[] data = Mutations.of(valid, dice);
                parsed(RatchetMessage::parse, data);
                parsed(PreKeyMessage::parse, data);
                parsed(GroupMessage::parse, data);
                parsed(DistributionMessage::parse, data);
            }
        }
    }

    @Test
    void every_cut_of_each_valid_message_gives_a_message_or_the_named_fault() {
        for (byte[] valid : VALID) {
            for (int length = 0; length < valid.length; length++) {
                byte[] data = Arrays.copyOf(valid, length);
                parsed(RatchetMessage::parse, data);
                parsed(PreKeyMessage::parse, data);
                parsed(GroupMessage::parse, data);
                parsed(DistributionMessage::parse, data);
            }
        }
    }

    private static void parsed(Function<byte[], ?> parser, byte[] data) {
        try {
            assertThat(parser.apply(data)).isNotNull();
        } catch (SignalException named) {
            assertThat(named).hasMessageContaining("expected");
        }
    }
}
