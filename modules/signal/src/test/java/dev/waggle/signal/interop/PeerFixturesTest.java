package dev.waggle.signal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.group.GroupOutcome;
import dev.waggle.signal.group.SenderKeyRecord;
import dev.waggle.signal.group.SenderKeys;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.message.GroupMessage;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyLookup;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.signal.session.CiphertextType;
import dev.waggle.signal.session.DecryptOutcome;
import dev.waggle.signal.session.Peer;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.signal.session.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replays what other implementations wrote and read; the README beside the files says how they were made.
class PeerFixturesTest {
    private final SecureRandom random = new SecureRandom();
    private final List<SignedPreKey> signed = new ArrayList<>();
    private final List<PreKey> oneTime = new ArrayList<>();
    private @Nullable LocalIdentity local;
    private @Nullable SessionRecord record;
    private int read;
    private int sent;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatsapp-rust-bridge-we-start",
                "whatsapp-rust-bridge-we-start-without-one-time-key",
                "whatsapp-rust-bridge-they-start",
                "whatsapp-rust-bridge-they-start-without-one-time-key",
                "libsignal-node-we-start",
                "libsignal-node-we-start-without-one-time-key",
                "libsignal-node-they-start",
                "libsignal-node-they-start-without-one-time-key"
            })
    void a_conversation_is_read_and_written_byte_for_byte(String name) throws IOException {
        for (String[] line : lines(name)) {
            switch (line[0]) {
                case "local" -> local = new LocalIdentity(KeyPair.of(Bytes.hex(line[2])), Integer.parseInt(line[1]));
                case "signed" -> signed.add(SignedPreKey.parse(bytes(line[1])));
                case "onetime" -> oneTime.add(PreKey.parse(bytes(line[1])));
                case "read" -> reads(CiphertextType.valueOf(line[1]), bytes(line[2]), Bytes.hex(line[3]));
                case "sent" -> writes(line);
                case "record" -> assertThat(record).isEqualTo(SessionRecord.parse(bytes(line[1])));
                default -> throw new AssertionError(line[0]);
            }
        }
        assertThat(read).isEqualTo(12);
        assertThat(sent).isGreaterThanOrEqualTo(6);
    }

    private void reads(CiphertextType type, byte[] message, Bytes plaintext) {
        LocalIdentity us = Objects.requireNonNull(local);
        DecryptOutcome outcome = type == CiphertextType.PRE_KEY
                ? Sessions.decryptPreKey(us, record, message, new PreKeyLookup(signed, oneTime), Peer.unknown(), random)
                : Sessions.decryptMessage(us, record, message, Peer.unknown(), random);
        assertThat(outcome).isInstanceOfSatisfying(DecryptOutcome.Plaintext.class, plain -> {
            assertThat(plain.plaintext()).isEqualTo(plaintext);
            record = plain.next();
        });
        read++;
    }

    private void writes(String[] line) {
        var written = Sessions.encrypt(SessionRecord.parse(bytes(line[1])), bytes(line[2]));
        assertThat(written.type()).isEqualTo(CiphertextType.valueOf(line[3]));
        assertThat(written.ciphertext().toHex()).isEqualTo(line[4]);
        record = written.next();
        sent++;
    }

    @Test
    void sender_keys_are_read_and_written_byte_for_byte() throws IOException {
        SenderKeyRecord theirs = null;
        for (String[] line : lines("whatsapp-rust-bridge-sender-keys")) {
            switch (line[0]) {
                case "distribution" -> theirs = SenderKeys.process(null, bytes(line[1]));
                case "read" -> {
                    GroupOutcome outcome = SenderKeys.decrypt(theirs, bytes(line[1]));
                    assertThat(outcome).isInstanceOf(GroupOutcome.Plaintext.class);
                    var plain = (GroupOutcome.Plaintext) outcome;
                    assertThat(plain.plaintext()).isEqualTo(Bytes.hex(line[2]));
                    theirs = plain.next();
                    read++;
                }
                case "sent" -> {
                    var written = SenderKeys.encrypt(SenderKeyRecord.parse(bytes(line[1])), bytes(line[2]), random);
                    assertThat(GroupMessage.parse(written.ciphertext().toArray())
                                    .signed())
                            .isEqualTo(GroupMessage.parse(bytes(line[3])).signed());
                    sent++;
                }
                default -> throw new AssertionError(line[0]);
            }
        }
        assertThat(read).isEqualTo(8);
        assertThat(sent).isEqualTo(6);
    }

    private static byte[] bytes(String hex) {
        return Bytes.hex(hex).toArray();
    }

    private static List<String[]> lines(String name) throws IOException {
        try (InputStream in = PeerFixturesTest.class.getResourceAsStream(name + ".txt")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toList();
        }
    }
}
