package dev.waggle.platform.plugin;

import com.typesafe.config.Config;
import java.time.Duration;

/// `waggle.plugin`.
public record PluginSettings(int stepEventsMax, Duration handlerMax, int failuresMax) {
    public PluginSettings {
        if (stepEventsMax < 1) {
            throw new IllegalArgumentException("waggle.plugin.step-events-max: " + stepEventsMax + " (expected: > 0)");
        }
        if (failuresMax < 1) {
            throw new IllegalArgumentException("waggle.plugin.failures-max: " + failuresMax + " (expected: > 0)");
        }
    }

    public static PluginSettings from(Config root) {
        Config plugin = root.getConfig("waggle.plugin");
        return new PluginSettings(
                plugin.getInt("step-events-max"), plugin.getDuration("handler-max"), plugin.getInt("failures-max"));
    }
}
