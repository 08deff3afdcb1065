package dev.waggle.platform.plugin;

import dev.waggle.plugin.Bot;
import dev.waggle.plugin.BotContext;
import dev.waggle.plugin.BotEvent;

/// Answers every text with the same text: the smallest bot there is, and the first thing to try.
public final class EchoBot implements Bot {
    @Override
    public void on(BotEvent event, BotContext bot) {
        if (event instanceof BotEvent.MessageReceived m
                && !m.fromMe()
                && !m.text().isEmpty()) bot.reply(m, m.text());
    }
}
