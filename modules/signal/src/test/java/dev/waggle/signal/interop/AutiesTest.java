package dev.waggle.signal.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.auties00.libsignal.SignalProtocolAddress;
import com.github.auties00.libsignal.SignalSessionCipher;
import com.github.auties00.libsignal.groups.SignalGroupCipher;
import com.github.auties00.libsignal.groups.SignalSenderKeyName;
import com.github.auties00.libsignal.key.SignalIdentityPublicKey;
import com.github.auties00.libsignal.protocol.SignalCiphertextMessage;
import com.github.auties00.libsignal.protocol.SignalMessage;
import com.github.auties00.libsignal.protocol.SignalPreKeyMessage;
import com.github.auties00.libsignal.protocol.SignalSenderKeyDistributionMessage;
import com.github.auties00.libsignal.state.SignalPreKeyBundleBuilder;
import dev.waggle.address.Bytes;
import dev.waggle.signal.group.GroupOutcome;
import dev.waggle.signal.group.SenderKeyRecord;
import dev.waggle.signal.group.SenderKeys;
import dev.waggle.signal.session.CiphertextType;
import dev.waggle.signal.session.Party;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The Java library that Cobalt uses, live, in both directions.
class AutiesTest {
    private final SecureRandom random = new SecureRandom();
    private final Random dice = new Random(11);
    private final Party we = new Party();
    private final AutiesStore them = new AutiesStore();
    private final SignalProtocolAddress us = new SignalProtocolAddress("111", 1);
    private final SignalSessionCipher theirs = new SignalSessionCipher(them);
    private int number;

    @Test
    void a_session_that_we_start_is_understood() {
        we.start(them.bundle());
        theyRead(List.of(weWrite(), weWrite()));
        converse();
    }

    @Test
    void a_session_that_they_start_is_understood() {
        theirs.process(
                us,
                new SignalPreKeyBundleBuilder()
                        .registrationId(we.local.registrationId())
                        .deviceId(1)
                        .preKeyId(we.oneTime.id())
                        .preKeyPublic(key(we.oneTime.keyPair().publicKey()))
                        .signedPreKeyId(we.signed.id())
                        .signedPreKeyPublic(key(we.signed.keyPair().publicKey()))
                        .signedPreKeySignature(we.signed.signature().toArray())
                        .identityKey(key(we.local.identity().publicKey()))
                        .build());
        weRead(List.of(theyWrite(), theyWrite()));
        converse();
    }

    private void converse() {
        for (int turn = 0; turn < 20; turn++) {
            weRead(List.of(theyWrite(), theyWrite(), theyWrite()));
            theyRead(List.of(weWrite(), weWrite(), weWrite()));
        }
    }

    private record Written(CiphertextType type, Bytes message, Bytes plaintext) {}

    private byte[] text() {
        var text = new byte[1 + dice.nextInt(300)];
        dice.nextBytes(text);
        text[0] = (byte) number++;
        return text;
    }

    private Written weWrite() {
        var text = text();
        var sent = we.send(text);
        return new Written(sent.type(), sent.ciphertext(), Bytes.of(text));
    }

    private Written theyWrite() {
        var text = text();
        var message = theirs.encrypt(us, text);
        var type = message.type() == SignalCiphertextMessage.PRE_KEY_TYPE
                ? CiphertextType.PRE_KEY
                : CiphertextType.WHISPER;
        return new Written(type, Bytes.of(message.toSerialized()), Bytes.of(text));
    }

    private void weRead(List<Written> batch) {
        for (var written : shuffled(batch)) {
            we.reads(written.type(), written.message(), written.plaintext());
        }
    }

    private void theyRead(List<Written> batch) {
        for (var written : shuffled(batch)) {
            var bytes = written.message().toArray();
            var read = written.type() == CiphertextType.PRE_KEY
                    ? theirs.decrypt(us, SignalPreKeyMessage.ofSerialized(bytes))
                    : theirs.decrypt(us, SignalMessage.ofSerialized(bytes));
            assertThat(Bytes.of(read)).isEqualTo(written.plaintext());
        }
    }

    private List<Written> shuffled(List<Written> batch) {
        var mixed = new ArrayList<>(batch);
        Collections.shuffle(mixed, dice);
        return mixed;
    }

    @Test
    void our_sender_key_is_understood() {
        var group = new SignalGroupCipher(them);
        var name = new SignalSenderKeyName("1@g.us", us);
        var own = SenderKeys.create(random);
        group.process(
                name,
                SignalSenderKeyDistributionMessage.ofSerialized(
                        SenderKeys.distribution(own).toArray()));
        for (int i = 0; i < 10; i++) {
            var text = text();
            var sent = SenderKeys.encrypt(own, text, random);
            own = i % 4 == 3
                    ? SenderKeyRecord.parse(sent.next().encode().toArray()).resume()
                    : sent.next();
            assertThat(group.decrypt(name, sent.ciphertext().toArray())).isEqualTo(text);
        }
    }

    @Test
    void their_sender_key_is_understood() {
        var group = new SignalGroupCipher(them);
        var name = new SignalSenderKeyName("1@g.us", us);
        var record = SenderKeys.process(null, group.create(name).toSerialized());
        for (int i = 0; i < 10; i++) {
            var text = text();
            var outcome = SenderKeys.decrypt(record, group.encrypt(name, text).toSerialized());
            assertThat(outcome).isInstanceOf(GroupOutcome.Plaintext.class);
            var plain = (GroupOutcome.Plaintext) outcome;
            assertThat(plain.plaintext()).isEqualTo(Bytes.of(text));
            record = plain.next();
        }
    }

    private static SignalIdentityPublicKey key(Bytes raw) {
        return SignalIdentityPublicKey.ofDirect(raw.toArray());
    }
}
