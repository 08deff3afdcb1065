package dev.waggle.platform.plugin;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.plugin.BotContext;
import dev.waggle.proto.journal.BotState;
import dev.waggle.stanza.message.ChatAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a bot asked for while it handled the events of one step; nothing of it leaves before the account has
/// journaled it.
final class BotStep implements BotContext {
    private static final int SENDS_MAX = 256;
    private static final int TEXT_MAX = 65_536;
    private static final int STATE_BYTES_MAX = 64 * 1024;

    /// One text to send.
    record Sending(Jid chat, String text) {}

    private final String account;
    private final Map<String, String> config;
    private final Map<String, String> values;
    private final List<Sending> sends = new ArrayList<>();
    private boolean changed;

    BotStep(String account, Map<String, String> config, BotState state) {
        this.account = account;
        this.config = Map.copyOf(config);
        this.values = new LinkedHashMap<>(state.getValuesMap());
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public Map<String, String> config() {
        return config;
    }

    @Override
    public void sendText(String chat, String text) {
        if (text.isEmpty() || text.length() > TEXT_MAX) {
            throw new IllegalArgumentException(
                    "text: " + text.length() + " characters (expected: 1.." + TEXT_MAX + ")");
        }
        if (sends.size() >= SENDS_MAX) {
            throw new IllegalStateException("sends: more than " + SENDS_MAX + " in one step");
        }
        sends.add(new Sending(ChatAddress.parse(chat), text));
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public void put(String key, String value) {
        if (value.isEmpty()) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        changed = true;
        if (state().size() > STATE_BYTES_MAX) {
            throw new IllegalStateException("state: more than " + STATE_BYTES_MAX + " bytes");
        }
    }

    List<Sending> sends() {
        return sends;
    }

    /// The values when they were changed in this step, else null.
    @Nullable
    Bytes changedState() {
        return changed ? state() : null;
    }

    private Bytes state() {
        return Bytes.wrap(BotState.newBuilder().putAllValues(values).build().toByteArray());
    }
}
