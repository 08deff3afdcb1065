package dev.waggle.plugin;

import java.util.Map;
import java.util.Optional;

/// What a bot may ask for while it handles one event. Not thread-safe and not usable after the call has returned.
public interface BotContext {
    /// The account that the event belongs to, as the operator named it.
    String account();

    /// The binding's settings, as the operator gave them.
    Map<String, String> config();

    /// Sends a text to a chat (a JID or an E.164 number), in the order of the calls, once this step is durable.
    ///
    /// @throws IllegalArgumentException when the chat is not an address or the text is empty or longer than 65,536
    /// characters
    void sendText(String chat, String text);

    /// Sends a text into the chat that a message came from.
    default void reply(BotEvent.MessageReceived message, String text) {
        sendText(message.chat().jid(), text);
    }

    /// A value that this bot stored for this account.
    Optional<String> get(String key);

    /// Stores a value with this step; an empty value removes it. All values of a binding together are at most 64
    /// KiB.
    void put(String key, String value);
}
