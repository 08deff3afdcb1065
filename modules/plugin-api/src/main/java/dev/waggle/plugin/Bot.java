package dev.waggle.plugin;

/// A bot: one instance per account that it is bound to, called for one event at a time, in the order of the
/// account's log.
///
/// What a call asks of its [BotContext] takes effect all together or not at all, once the account has journaled it.
/// When the process dies in between, the same event comes again and the answer given then counts: at least once in,
/// exactly once out, even for a bot that answers differently each time. A call that throws is repeated later with
/// the same event; sends made before the exception are dropped. Anything done outside of the context (an HTTP call,
/// a file) may happen more than once.
///
/// Found through `java.util.ServiceLoader`: list the class in `META-INF/services/dev.waggle.plugin.Bot`; it needs a
/// public constructor without parameters.
public interface Bot {
    /// @throws Exception to have the event again later; after several failures in a row the binding is paused and
    /// says why
    void on(BotEvent event, BotContext context) throws Exception;

    /// The name in URLs and settings: the class name in lower case without a trailing "Bot", unless overridden.
    default String name() {
        String name = getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        return name.endsWith("bot") && name.length() > 3 ? name.substring(0, name.length() - 3) : name;
    }
}
