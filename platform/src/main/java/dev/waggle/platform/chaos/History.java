package dev.waggle.platform.chaos;

import java.util.List;
import java.util.Map;

/// What was asked, answered, said, heard and read while a node was killed: all that [Checker] judges by.
///
/// @param sends what accounts were asked to send, by chat in the order of asking
/// @param said what contacts wrote to accounts, by chat in the order of writing
/// @param heard what contacts received, in the order in which each contact first saw it
/// @param live events as a follower got them who went on where he was after each restart
/// @param log events as they stand at the end, read from the first one
/// @param deadLetters messages inside the node that reached nobody, as each life of it told them in its log
public record History(
        List<Send> sends,
        List<Said> said,
        List<Heard> heard,
        List<Event> live,
        List<Event> log,
        Server server,
        List<String> deadLetters) {
    public History {
        sends = List.copyOf(sends);
        said = List.copyOf(said);
        heard = List.copyOf(heard);
        live = List.copyOf(live);
        log = List.copyOf(log);
        deadLetters = List.copyOf(deadLetters);
    }

    /// An account and one of its contacts; the contact by its phone number in digits.
    public record Chat(String account, String contact) {
        @Override
        public String toString() {
            return account + "/" + contact;
        }
    }

    /// A send under one key. The next one of a chat is asked for after this one was answered.
    ///
    /// @param ids the message id of every answer that accepted it; more than one id is a fault
    /// @param kills how often the node was killed between the first asking and the sight of the server's ack: so
    ///     often may it have been written again
    public record Send(Chat chat, int number, String key, String text, List<String> ids, int kills) {
        public Send {
            ids = List.copyOf(ids);
        }
    }

    /// A text of a contact, `id` as the simulator gave it.
    public record Said(Chat chat, int number, String text, String id) {}

    /// A message that a contact shows to its person: copies under the same sender and id are one.
    public record Heard(Chat chat, String id, String text) {}

    /// A public event. `message` is the message id that it is about, or empty; `contact` is for received ones,
    /// `text` their text, or the state of an account.
    public record Event(
            String account, long sequence, long epoch, String type, String message, String contact, String text) {}

    /// What the simulated server saw.
    ///
    /// @param reusedCounters ratchet or sender-key counters that came again with other bytes
    /// @param superseded stanzas of a connection after a later one of the same device was accepted
    /// @param violations rules of the protocol that a client broke
    /// @param unobserved how many observations did not fit its memory; above 0 it proves nothing
    public record Server(
            List<String> reusedCounters,
            List<String> superseded,
            List<String> violations,
            List<Copies> copies,
            long unobserved) {
        public Server {
            reusedCounters = List.copyOf(reusedCounters);
            superseded = List.copyOf(superseded);
            violations = List.copyOf(violations);
            copies = List.copyOf(copies);
        }
    }

    /// One message id of one sending device: how many copies were taken per receiving device.
    ///
    /// @param resends copies that were answers to somebody who asked again
    public record Copies(String sender, String message, int resends, Map<String, Integer> perDevice) {
        public Copies {
            perDevice = Map.copyOf(perDevice);
        }
    }
}
