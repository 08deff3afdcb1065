package dev.waggle.stanza.login;

import dev.waggle.proto.companion.DeviceProps;

/// What a client says of itself. One per account: accounts that all say the same are still told apart by their
/// keys.
///
/// @param osName shown on the phone under Linked Devices, 1 to 64 characters
/// @param platform the icon beside it
/// @param language two letters, as in `en`
/// @param country two letters, as in `US`
/// @param fullHistory ask the phone for all of its history, not only for the recent part
public record ClientSettings(
        ClientVersion version,
        String osName,
        DeviceProps.PlatformType platform,
        String language,
        String country,
        boolean fullHistory) {
    public ClientSettings {
        if (osName.isBlank() || osName.length() > 64) {
            throw new LoginException("os name", osName.length() + " characters", "1..64");
        }
        if (!language.matches("[a-z]{2}") || !country.matches("[A-Z]{2}")) {
            throw new LoginException("locale", language + "_" + country, "two small and two capital letters");
        }
    }

    public static ClientSettings of(ClientVersion version, String osName) {
        return new ClientSettings(version, osName, DeviceProps.PlatformType.CHROME, "en", "US", false);
    }

    /// As [dev.waggle.stanza.iq.companion.CompanionHello] and QR codes name the platform.
    public String pairingPlatform() {
        return switch (platform) {
            case CHROME -> "1";
            case EDGE -> "2";
            case FIREFOX -> "3";
            case IE -> "4";
            case OPERA -> "5";
            case SAFARI -> "6";
            case DESKTOP -> "7";
            case UWP -> "8";
            case ANDROID_PHONE -> "e";
            default -> "9";
        };
    }
}
