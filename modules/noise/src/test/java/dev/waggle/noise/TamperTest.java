package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waggle.noise.Handshake.IkOutcome;
import dev.waggle.noise.Responder.Answer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Every bit of every message of every pattern, flipped on its way.
class TamperTest {
    private final Meeting meeting = new Meeting();

    @Test
    void a_bit_flipped_in_an_xx_client_hello_ends_in_a_refusal() {
        byte[] hello = meeting.xx().hello();
        for (int bit = 0; bit < 8 * hello.length; bit++) {
            byte[] flipped = Meeting.flip(hello, bit);
            refused(
                    bit,
                    () -> meeting.xx().accept(meeting.answer(flipped).serverHello(), meeting.rootKey, Meeting.NOW));
        }
    }

    @Test
    void a_bit_flipped_in_an_xx_server_hello_is_refused() {
        byte[] hello = meeting.answer(meeting.xx().hello()).serverHello();
        for (int bit = 0; bit < 8 * hello.length; bit++) {
            byte[] flipped = Meeting.flip(hello, bit);
            refused(bit, () -> meeting.xx().accept(flipped, meeting.rootKey, Meeting.NOW));
        }
    }

    @Test
    void a_bit_flipped_in_an_xx_client_finish_is_refused() {
        byte[] hello = meeting.xx().hello();
        byte[] finish = finish(hello);
        for (int bit = 0; bit < 8 * finish.length; bit++) {
            byte[] flipped = Meeting.flip(finish, bit);
            Answer.Waiting answer = (Answer.Waiting) meeting.answer(hello);
            refused(bit, () -> answer.finish(flipped));
        }
    }

    private byte[] finish(byte[] hello) {
        return meeting.xx()
                .accept(meeting.answer(hello).serverHello(), meeting.rootKey, Meeting.NOW)
                .finish(meeting.client, Meeting.LOGIN)
                .message();
    }

    /// The server cannot tell a spoilt hello from one for another key: it falls back, which is safe, or both
    /// refuse.
    @Test
    void a_bit_flipped_in_an_ik_client_hello_never_resumes() {
        byte[] hello = meeting.ik().hello();
        int fallbacks = 0;
        for (int bit = 0; bit < 8 * hello.length; bit++) {
            byte[] flipped = Meeting.flip(hello, bit);
            Handshake.IkStarted started = meeting.ik();
            Answer[] answer = new Answer[1];
            IkOutcome[] outcome = new IkOutcome[1];
            Throwable thrown = catchThrowable(() -> {
                answer[0] = meeting.answer(flipped);
                outcome[0] = started.accept(answer[0].serverHello(), meeting.rootKey, Meeting.NOW);
            });
            if (thrown == null) {
                finishFallback(answer[0], outcome[0]);
                fallbacks++;
            } else {
                assertThat(thrown).as("bit %d", bit).isInstanceOf(HandshakeException.class);
            }
        }
        assertThat(fallbacks).isPositive();
    }

    private void finishFallback(Answer answer, IkOutcome outcome) {
        assertThat(outcome).isInstanceOf(IkOutcome.Fallback.class);
        var secured = ((IkOutcome.Fallback) outcome).greeted().finish(meeting.client, Meeting.LOGIN);
        var login = ((Answer.Waiting) answer).finish(secured.message());
        meeting.checkLogin(login);
        Meeting.talk(secured.cipher(), login.cipher());
    }

    @Test
    void a_bit_flipped_in_an_ik_server_hello_is_refused() {
        byte[] ikHello = meeting.ik().hello();
        byte[] hello = meeting.answer(ikHello).serverHello();
        for (int bit = 0; bit < 8 * hello.length; bit++) {
            byte[] flipped = Meeting.flip(hello, bit);
            refused(bit, () -> meeting.ik().accept(flipped, meeting.rootKey, Meeting.NOW));
        }
    }

    @Test
    void a_bit_flipped_in_a_fallback_server_hello_is_refused() {
        byte[] ikHello = meeting.staleIk().hello();
        byte[] hello = meeting.answer(ikHello).serverHello();
        for (int bit = 0; bit < 8 * hello.length; bit++) {
            byte[] flipped = Meeting.flip(hello, bit);
            refused(bit, () -> meeting.ik().accept(flipped, meeting.rootKey, Meeting.NOW));
        }
    }

    @Test
    void a_bit_flipped_in_a_fallback_client_finish_is_refused() {
        Handshake.IkStarted started = meeting.staleIk();
        byte[] hello = started.hello();
        var fallback =
                (IkOutcome.Fallback) started.accept(meeting.answer(hello).serverHello(), meeting.rootKey, Meeting.NOW);
        byte[] finish = fallback.greeted().finish(meeting.client, Meeting.LOGIN).message();
        for (int bit = 0; bit < 8 * finish.length; bit++) {
            byte[] flipped = Meeting.flip(finish, bit);
            Answer.Waiting answer = (Answer.Waiting) meeting.answer(hello);
            refused(bit, () -> answer.finish(flipped));
        }
    }

    @Test
    void a_message_cut_anywhere_is_refused() {
        byte[] hello = meeting.xx().hello();
        byte[] answer = meeting.answer(hello).serverHello();
        byte[] finish = finish(hello);
        for (int size = 0; size < finish.length; size++) {
            byte[] cutAnswer = Arrays.copyOf(answer, Math.min(size, answer.length - 1));
            byte[] cutFinish = Arrays.copyOf(finish, size);
            Answer.Waiting waiting = (Answer.Waiting) meeting.answer(hello);
            refused(size, () -> meeting.xx().accept(cutAnswer, meeting.rootKey, Meeting.NOW));
            refused(size, () -> meeting.ik().accept(cutAnswer, meeting.rootKey, Meeting.NOW));
            refused(size, () -> waiting.finish(cutFinish));
        }
    }

    @Test
    void messages_of_another_step_or_of_monstrous_size_are_refused() {
        byte[] hello = meeting.xx().hello();
        byte[] answer = meeting.answer(hello).serverHello();
        Answer.Waiting waiting = (Answer.Waiting) meeting.answer(hello);
        refused(0, () -> meeting.answer(answer));
        refused(1, () -> meeting.xx().accept(hello, meeting.rootKey, Meeting.NOW));
        refused(2, () -> waiting.finish(hello));
        refused(3, () -> meeting.answer(new byte[2_000_000]));
    }

    private static void refused(int place, Runnable step) {
        assertThat(catchThrowable(step::run)).as("place %d", place).isInstanceOf(HandshakeException.class);
    }
}
