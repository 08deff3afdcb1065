package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.noise.Handshake.IkOutcome;
import dev.waggle.noise.Responder.Answer;
import org.junit.jupiter.api.Test;

/// Client and server meet by each pattern.
class HandshakeTest {
    private final Meeting meeting = new Meeting();

    @Test
    void xx_ends_with_the_login_at_the_server_and_ciphers_that_fit() {
        var started = meeting.xx();
        var answer = (Answer.Waiting) meeting.answer(started.hello());
        var greeted = started.accept(answer.serverHello(), meeting.rootKey, Meeting.NOW);
        assertThat(greeted.chain().leafKey()).isEqualTo(meeting.server.publicKey());
        var secured = greeted.finish(meeting.client, Meeting.LOGIN);
        var login = answer.finish(secured.message());
        meeting.checkLogin(login);
        Meeting.talk(secured.cipher(), login.cipher());
    }

    @Test
    void ik_logs_in_with_the_hello() {
        var started = meeting.ik();
        var done = (Answer.Done) meeting.answer(started.hello());
        var resumed = (IkOutcome.Resumed) started.accept(done.serverHello(), meeting.rootKey, Meeting.NOW);
        meeting.checkLogin(done.login());
        Meeting.talk(resumed.cipher(), done.login().cipher());
    }

    @Test
    void an_ik_hello_for_another_key_falls_back_to_the_new_one() {
        var started = meeting.staleIk();
        var answer = (Answer.Waiting) meeting.answer(started.hello());
        var fallback = (IkOutcome.Fallback) started.accept(answer.serverHello(), meeting.rootKey, Meeting.NOW);
        assertThat(fallback.greeted().chain().leafKey()).isEqualTo(meeting.server.publicKey());
        var secured = fallback.greeted().finish(meeting.client, Meeting.LOGIN);
        var login = answer.finish(secured.message());
        meeting.checkLogin(login);
        Meeting.talk(secured.cipher(), login.cipher());
    }

    @Test
    void a_chain_of_an_xx_greeting_serves_a_later_ik() {
        var first = meeting.xx();
        var chain = first.accept(meeting.answer(first.hello()).serverHello(), meeting.rootKey, Meeting.NOW)
                .chain();
        var kept = CertificateChain.parse(chain.encode());
        assertThat(kept.validAt(Meeting.NOW)).isTrue();
        var second = Handshake.ik(meeting.clientEphemeral, meeting.client, kept, Meeting.LOGIN);
        assertThat(meeting.answer(second.hello())).isInstanceOf(Answer.Done.class);
    }

    @Test
    void a_server_that_holds_another_key_than_it_shows_is_refused() {
        var started = meeting.xx();
        var impostor = new Responder(meeting.client, meeting.chain(meeting.server));
        byte[] hello = impostor.accept(started.hello(), meeting.serverEphemeral).serverHello();
        assertThatThrownBy(() -> started.accept(hello, meeting.rootKey, Meeting.NOW))
                .isInstanceOf(HandshakeException.class)
                .hasMessageStartingWith("certificate leaf key");
    }
}
