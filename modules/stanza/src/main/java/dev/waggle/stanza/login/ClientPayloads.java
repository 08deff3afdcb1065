package dev.waggle.stanza.login;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.companion.DeviceProps;
import dev.waggle.proto.login.ClientPayload;
import dev.waggle.proto.login.DevicePairingRegistrationData;
import dev.waggle.proto.login.UserAgent;
import dev.waggle.proto.login.WebInfo;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.keys.Keys;
import dev.waggle.stanza.keys.SignedKey;

/// The two payloads of a client: the first connection registers, every later one logs in.
public final class ClientPayloads {
    private static final int USER_DIGITS_MAX = 18;

    private ClientPayloads() {}

    /// Asks to be linked.
    ///
    /// @param registrationId 32 bits
    /// @param identityKey 32 raw bytes
    public static byte[] registration(
            ClientSettings settings, int registrationId, Bytes identityKey, SignedKey signedKey) {
        DevicePairingRegistrationData data = DevicePairingRegistrationData.newBuilder()
                .setERegid(string(Fields.bigEndian(registrationId, 4)))
                .setEKeytype(string(Keys.TYPE))
                .setEIdent(string(identityKey))
                .setESkeyId(string(Fields.bigEndian(signedKey.id(), 3)))
                .setESkeyVal(string(signedKey.publicKey()))
                .setESkeySig(string(signedKey.signature()))
                .setBuildHash(string(settings.version().buildHash()))
                .setDeviceProps(deviceProps(settings).toByteString())
                .build();
        return base(settings)
                .setPassive(false)
                .setPull(false)
                .setDevicePairingData(data)
                .build()
                .toByteArray();
    }

    /// Logs in as a linked device. Waiting stanzas are pulled, see `stream.Announce#offlineBatch`.
    ///
    /// @param device our own, by phone number
    /// @param logins how often this device logged in before
    /// @throws LoginException when the user is not a number
    public static byte[] login(ClientSettings settings, Jid device, int logins) {
        String user = device.user();
        boolean digits = user.chars().allMatch(c -> c >= '0' && c <= '9');
        if (user.isEmpty() || user.length() > USER_DIGITS_MAX || !digits) {
            throw new LoginException("user", user.length() + " characters", "1.." + USER_DIGITS_MAX + " digits");
        }
        return base(settings)
                .setUsername(Long.parseLong(user))
                .setDevice(device.device())
                .setPassive(true)
                .setPull(true)
                .setLc(logins)
                .setLidDbMigrated(false)
                .build()
                .toByteArray();
    }

    private static ClientPayload.Builder base(ClientSettings settings) {
        return ClientPayload.newBuilder()
                .setUserAgent(userAgent(settings))
                .setWebInfo(WebInfo.newBuilder().setWebSubPlatform(WebInfo.WebSubPlatform.WEB_BROWSER))
                .setConnectType(ClientPayload.ConnectType.WIFI_UNKNOWN)
                .setConnectReason(ClientPayload.ConnectReason.USER_ACTIVATED);
    }

    private static UserAgent userAgent(ClientSettings settings) {
        ClientVersion version = settings.version();
        return UserAgent.newBuilder()
                .setPlatform(UserAgent.Platform.WEB)
                .setAppVersion(UserAgent.AppVersion.newBuilder()
                        .setPrimary(version.primary())
                        .setSecondary(version.secondary())
                        .setTertiary(version.tertiary()))
                .setMcc("000")
                .setMnc("000")
                .setOsVersion("0.1")
                .setManufacturer("")
                .setDevice("Desktop")
                .setOsBuildNumber("0.1")
                .setReleaseChannel(UserAgent.ReleaseChannel.RELEASE)
                .setLocaleLanguageIso6391(settings.language())
                .setLocaleCountryIso31661Alpha2(settings.country())
                .build();
    }

    private static DeviceProps deviceProps(ClientSettings settings) {
        return DeviceProps.newBuilder()
                .setOs(settings.osName())
                .setVersion(DeviceProps.AppVersion.newBuilder()
                        .setPrimary(0)
                        .setSecondary(1)
                        .setTertiary(0))
                .setPlatformType(settings.platform())
                .setRequireFullSync(settings.fullHistory())
                .setHistorySyncConfig(DeviceProps.HistorySyncConfig.newBuilder()
                        .setStorageQuotaMb(10_240)
                        .setInlineInitialPayloadInE2EeMsg(true)
                        .setSupportCallLogHistory(false)
                        .setSupportBotUserAgentChatHistory(true)
                        .setSupportCagReactionsAndPolls(true)
                        .setSupportBizHostedMsg(true)
                        .setSupportRecentSyncChunkMessageCountTuning(true)
                        .setSupportHostedGroupMsg(true)
                        .setSupportFbidBotChatHistory(true)
                        .setSupportMessageAssociation(true)
                        .setSupportGroupHistory(false))
                .build();
    }

    private static ByteString string(Bytes bytes) {
        return ByteString.copyFrom(bytes.unsafeArray());
    }
}
