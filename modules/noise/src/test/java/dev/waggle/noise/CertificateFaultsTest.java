package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.crypto.KeyPair;
import dev.waggle.proto.handshake.CertChain;
import dev.waggle.proto.handshake.CertificateDetails;
import dev.waggle.proto.handshake.NoiseCertificate;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// One thing wrong at a time, each with its own reason; all else in the chain is right.
class CertificateFaultsTest {
    private final Meeting meeting = new Meeting();
    private final CertificateDetails.Builder intermediate = details(7, 0, meeting.issuer);
    private final CertificateDetails.Builder leaf = details(8, 7, meeting.server);

    private static CertificateDetails.Builder details(int serial, int issuerSerial, KeyPair of) {
        return CertificateDetails.newBuilder()
                .setSerial(serial)
                .setIssuerSerial(issuerSerial)
                .setKey(Messages.bytes(of.publicKey().toArray()))
                .setNotBefore(Meeting.NOW.minusSeconds(60).getEpochSecond())
                .setNotAfter(Meeting.NOW.plusSeconds(60).getEpochSecond());
    }

    private NoiseCertificate.Builder sign(CertificateDetails.Builder details, KeyPair by) {
        byte[] bytes = details.build().toByteArray();
        return NoiseCertificate.newBuilder()
                .setDetails(Messages.bytes(bytes))
                .setSignature(Messages.bytes(by.sign(bytes, meeting.random)));
    }

    private CertificateChain chain(NoiseCertificate.Builder leafPart, NoiseCertificate.Builder intermediatePart) {
        return CertificateChain.parse(CertChain.newBuilder()
                .setLeaf(leafPart)
                .setIntermediate(intermediatePart)
                .build()
                .toByteArray());
    }

    private CertificateChain whole() {
        return chain(sign(leaf, meeting.issuer), sign(intermediate, meeting.root));
    }

    private void refused(CertificateChain chain, String reason) {
        refused(chain, Meeting.NOW, reason);
    }

    private void refused(CertificateChain chain, Instant now, String reason) {
        assertThatThrownBy(() ->
                        chain.verify(meeting.rootKey, meeting.server.publicKey().toArray(), now))
                .isInstanceOf(HandshakeException.class)
                .hasMessageStartingWith("certificate " + reason + ":");
    }

    @Test
    void the_whole_chain_is_accepted() {
        whole().verify(meeting.rootKey, meeting.server.publicKey().toArray(), Meeting.NOW);
    }

    @Test
    void an_intermediate_that_the_root_did_not_sign_is_refused() {
        refused(chain(sign(leaf, meeting.issuer), sign(intermediate, meeting.client)), "intermediate signature");
        refused(chain(sign(leaf, meeting.issuer), sign(intermediate, meeting.issuer)), "intermediate signature");
    }

    @Test
    void an_intermediate_that_names_another_issuer_is_refused() {
        intermediate.setIssuerSerial(1);
        refused(whole(), "intermediate issuer");
    }

    @Test
    void a_leaf_that_the_intermediate_did_not_sign_is_refused() {
        refused(chain(sign(leaf, meeting.root), sign(intermediate, meeting.root)), "leaf signature");
        refused(chain(sign(leaf, meeting.server), sign(intermediate, meeting.root)), "leaf signature");
    }

    @Test
    void a_leaf_that_names_another_issuer_is_refused() {
        leaf.setIssuerSerial(0);
        refused(whole(), "leaf issuer");
    }

    @Test
    void a_leaf_for_another_key_is_refused() {
        leaf.setKey(Messages.bytes(meeting.client.publicKey().toArray()));
        refused(whole(), "leaf key");
    }

    @Test
    void a_chain_is_good_from_the_first_to_the_last_second_of_both_terms() {
        long first = Meeting.NOW.minusSeconds(10).getEpochSecond();
        leaf.setNotBefore(first);
        intermediate.setNotAfter(Meeting.NOW.getEpochSecond() + 20);
        CertificateChain chain = whole();
        byte[] key = meeting.server.publicKey().toArray();
        chain.verify(meeting.rootKey, key, Instant.ofEpochSecond(first));
        chain.verify(meeting.rootKey, key, Meeting.NOW.plusSeconds(20));
        refused(chain, Instant.ofEpochSecond(first - 1), "leaf term");
        refused(chain, Meeting.NOW.plusSeconds(21), "intermediate term");
        refused(chain, Meeting.NOW.minusSeconds(61), "intermediate term");
        assertThat(chain.validAt(Meeting.NOW.plusSeconds(20))).isTrue();
        assertThat(chain.validAt(Meeting.NOW.plusSeconds(21))).isFalse();
        assertThat(chain.validAt(Instant.ofEpochSecond(first - 1))).isFalse();
    }

    @Test
    void a_term_that_ends_beyond_all_time_counts_as_over() {
        leaf.setNotAfter(-1);
        refused(whole(), "leaf term");
    }

    @Test
    void a_leaf_without_terms_is_over() {
        leaf.clearNotAfter().clearNotBefore();
        refused(whole(), "leaf term");
    }

    @Test
    void a_chain_with_a_part_missing_is_none() {
        NoiseCertificate.Builder good = sign(intermediate, meeting.root);
        malformed(sign(leaf, meeting.issuer).clearSignature(), good);
        malformed(sign(leaf, meeting.issuer).clearDetails(), good);
        malformed(sign(leaf, meeting.issuer).setSignature(Messages.bytes(new byte[63])), good);
        malformed(sign(leaf.clone().clearKey(), meeting.issuer), good);
        malformed(sign(leaf.clone().clearSerial(), meeting.issuer), good);
        malformed(sign(leaf.clone().clearIssuerSerial(), meeting.issuer), good);
        malformed(sign(leaf, meeting.issuer).setDetails(Messages.bytes(new byte[] {1, 2, 3})), good);
        malformed(sign(leaf, meeting.issuer), NoiseCertificate.newBuilder());
        assertThatThrownBy(() -> CertificateChain.parse(new byte[0])).isInstanceOf(HandshakeException.class);
    }

    private void malformed(NoiseCertificate.Builder leafPart, NoiseCertificate.Builder intermediatePart) {
        assertThatThrownBy(() -> chain(leafPart, intermediatePart)).isInstanceOf(HandshakeException.class);
    }

    @Test
    void a_chain_with_any_bit_flipped_proves_nothing() {
        byte[] bytes = whole().encode();
        byte[] key = meeting.server.publicKey().toArray();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = Meeting.flip(bytes, bit);
            assertThatThrownBy(() -> CertificateChain.parse(flipped).verify(meeting.rootKey, key, Meeting.NOW))
                    .as("bit %d", bit)
                    .isInstanceOf(HandshakeException.class);
        }
    }

    @Test
    void a_chain_cut_anywhere_proves_nothing() {
        byte[] bytes = whole().encode();
        for (int size = 0; size < bytes.length; size++) {
            byte[] cut = Arrays.copyOf(bytes, size);
            assertThatThrownBy(() -> CertificateChain.parse(cut)).isInstanceOf(HandshakeException.class);
        }
    }

    @Test
    void a_server_with_a_faulty_chain_is_refused_in_the_handshake() {
        leaf.setIssuerSerial(9);
        var started = meeting.xx();
        byte[] hello = new Responder(meeting.server, whole())
                .accept(started.hello(), meeting.serverEphemeral)
                .serverHello();
        assertThatThrownBy(() -> started.accept(hello, meeting.rootKey, Meeting.NOW))
                .isInstanceOf(HandshakeException.class)
                .hasMessage("certificate leaf issuer: 9 (expected: the intermediate's serial)");
    }
}
