package dev.waggle.platform.account.prekeys;

import dev.waggle.address.Bytes;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.LineException;
import dev.waggle.stanza.iq.CountPreKeys;
import dev.waggle.stanza.iq.DigestPreKeys;
import dev.waggle.stanza.iq.DigestPreKeys.KeyDigest;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.iq.RotateSignedPreKey;
import dev.waggle.stanza.iq.UploadPreKeys;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// The key server at the other end of a line, and what can happen to a question on its way.
final class KeyServer implements Line {
    enum Way {
        ANSWERED,
        QUESTION_LOST,
        ANSWER_LOST
    }

    final Map<Integer, Bytes> oneTime = new TreeMap<>();
    final List<SignedKey> rotations = new ArrayList<>();
    final List<UploadPreKeys> uploads = new ArrayList<>();
    int comparisons;
    Way way = Way.ANSWERED;
    Runnable onRotation = () -> {};
    Runnable onComparison = () -> {};
    int refusal;
    private final Bytes identity;

    @Nullable
    SignedKey signed;

    int registration;

    KeyServer(Bytes identity) {
        this.identity = identity;
    }

    @Override
    public long connectionId() {
        return 1;
    }

    @Override
    public CompletionStage<Done> write(Node stanza) {
        throw new AssertionError("only questions");
    }

    @Override
    public void settled(int stanzas) {}

    @Override
    @SuppressWarnings("unchecked") // each question is answered with its own answer
    public <A> CompletionStage<A> ask(Iq<A> question) {
        if (way == Way.QUESTION_LOST) {
            return CompletableFuture.failedStage(new LineException(LineException.Kind.ENDED, "cut"));
        }
        if (refusal != 0 && !(question instanceof CountPreKeys)) {
            return CompletableFuture.failedStage(new IqException(refusal, "no", null));
        }
        Object answer = switch (question) {
            case CountPreKeys _ -> oneTime.size();
            case UploadPreKeys upload -> uploaded(upload);
            case RotateSignedPreKey rotate -> rotated(rotate.signedKey());
            case DigestPreKeys _ -> digest();
            default -> throw new AssertionError(question);
        };
        return way == Way.ANSWER_LOST
                ? CompletableFuture.failedStage(new LineException(LineException.Kind.ENDED, "cut"))
                : CompletableFuture.completedStage((A) answer);
    }

    private Object uploaded(UploadPreKeys upload) {
        uploads.add(upload);
        registration = upload.registrationId();
        signed = upload.signedKey();
        upload.oneTimeKeys().forEach(key -> oneTime.put(key.id(), key.publicKey()));
        return dev.waggle.stanza.iq.Done.DONE;
    }

    private Object rotated(SignedKey key) {
        rotations.add(key);
        signed = key;
        onRotation.run();
        return dev.waggle.stanza.iq.Done.DONE;
    }

    private Optional<KeyDigest> digest() {
        comparisons++;
        SignedKey held = signed;
        Optional<KeyDigest> digest = held == null
                ? Optional.empty()
                : Optional.of(new KeyDigest(
                        registration,
                        held.id(),
                        List.copyOf(oneTime.keySet()),
                        DigestPreKeys.expected(identity, held, List.copyOf(oneTime.values()))));
        onComparison.run();
        return digest;
    }
}
