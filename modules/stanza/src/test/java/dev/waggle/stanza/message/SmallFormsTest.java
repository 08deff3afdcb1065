package dev.waggle.stanza.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AddressException;
import dev.waggle.address.Jid;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Padding, participant hashes, message ids, chat addresses.
class SmallFormsTest {
    @Test
    void padding_is_1_to_16_bytes_that_say_how_many_they_are() {
        Random random = new Random(1);
        Set<Integer> counts = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            byte[] plain = new byte[random.nextInt(40)];
            byte[] padded = Padding.pad(plain, random);
            counts.add(padded.length - plain.length);
            assertThat(padded[padded.length - 1]).isEqualTo((byte) (padded.length - plain.length));
            assertThat(Padding.unpad(padded)).isEqualTo(plain);
        }
        assertThat(counts).hasSize(16).allMatch(count -> count >= 1 && count <= 16);
    }

    @Test
    void readers_accept_up_to_255_bytes_of_padding() {
        byte[] padded = new byte[255];
        padded[254] = (byte) 255;

        assertThat(Padding.unpad(padded)).isEmpty();
    }

    @Test
    void padding_of_none_or_more_than_there_is_is_refused() {
        assertThatThrownBy(() -> Padding.unpad(new byte[0])).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> Padding.unpad(new byte[] {1, 0})).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> Padding.unpad(new byte[] {1, 3})).isInstanceOf(NodeException.class);
    }

    @Test
    void the_participant_hash_is_that_of_other_clients() {
        Jid first = Jid.pn("5511999999999").withDevice(3);

        assertThat(ParticipantHash.of(List.of(first))).isEqualTo("2:5s+YxCff");
        assertThat(ParticipantHash.of(List.of(first.withDevice(0)))).isEqualTo("2:RJWVxcMQ");
        assertThat(ParticipantHash.of(List.of())).isEqualTo("2:47DEQpj8");
    }

    @Test
    void the_participant_hash_does_not_depend_on_the_order() {
        Jid first = Jid.pn("5511988887777").withDevice(14);
        Jid second = Jid.pn("7469250125917").withDevice(21);

        assertThat(ParticipantHash.of(List.of(second, first))).isEqualTo("2:AAv/hwhn");
        assertThat(ParticipantHash.of(List.of(first, second))).isEqualTo("2:AAv/hwhn");
    }

    @Test
    void message_ids_have_the_clients_prefix_and_differ() {
        Random random = new Random(1);
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String id = MessageIds.draw(Jid.pn("49151"), now, random).value();
            assertThat(id).matches("3EB0[0-9A-F]{18}");
            ids.add(id);
        }
        assertThat(ids).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "+49 151,false",
        "+4915100000001,4915100000001@s.whatsapp.net",
        "4915100000001,4915100000001@s.whatsapp.net",
        "4915100000001@c.us,4915100000001@s.whatsapp.net",
        "4915100000001:3@s.whatsapp.net,4915100000001@s.whatsapp.net",
        "100000000000001@lid,100000000000001@lid",
        "120363021033254949@g.us,120363021033254949@g.us"
    })
    void people_write_chats_as_numbers_or_jids(String text, String jid) {
        if (jid.equals("false")) {
            assertThatThrownBy(() -> ChatAddress.parse(text)).isInstanceOf(AddressException.class);
        } else {
            assertThat(ChatAddress.parse(text)).hasToString(jid);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "1234", "+123456789012345678901", "abc", "@g.us", "x@newsletter", "s.whatsapp.net"})
    void what_is_no_chat_is_refused(String text) {
        assertThatThrownBy(() -> ChatAddress.parse(text)).isInstanceOf(AddressException.class);
    }
}
