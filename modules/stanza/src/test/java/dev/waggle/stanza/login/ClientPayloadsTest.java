package dev.waggle.stanza.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.companion.DeviceProps;
import dev.waggle.proto.login.ClientPayload;
import dev.waggle.proto.login.DevicePairingRegistrationData;
import dev.waggle.proto.login.UserAgent;
import dev.waggle.stanza.Samples;
import dev.waggle.stanza.keys.SignedKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPayloadsTest {
    private static final ClientVersion VERSION = new ClientVersion(2, 3000, 1_043_857_760);
    private static final ClientSettings SETTINGS = ClientSettings.of(VERSION, "Waggle");
    private static final SignedKey SIGNED = new SignedKey(0x010203, Samples.bytes(32, 3), Samples.bytes(64, 4));

    private static byte[] registration() {
        return ClientPayloads.registration(SETTINGS, 0x0A0B0C0D, Samples.bytes(32, 2), SIGNED);
    }

    @Test
    void a_registration_carries_our_public_keys_and_what_we_are() throws Exception {
        ClientPayload payload = ClientPayload.parseFrom(registration());
        DevicePairingRegistrationData data = payload.getDevicePairingData();

        assertThat(payload.hasUsername()).isFalse();
        assertThat(payload.getPassive()).isFalse();
        assertThat(payload.getPull()).isFalse();
        assertThat(data.getERegid()).isEqualTo(ByteString.fromHex("0a0b0c0d"));
        assertThat(data.getEKeytype()).isEqualTo(ByteString.fromHex("05"));
        assertThat(data.getESkeyId()).isEqualTo(ByteString.fromHex("010203"));
        assertThat(data.getBuildHash().toByteArray())
                .isEqualTo(MessageDigest.getInstance("MD5")
                        .digest("2.3000.1043857760".getBytes(StandardCharsets.US_ASCII)));
        DeviceProps props = DeviceProps.parseFrom(data.getDeviceProps());
        assertThat(props.getOs()).isEqualTo("Waggle");
        assertThat(props.getPlatformType()).isEqualTo(DeviceProps.PlatformType.CHROME);
        assertThat(props.getRequireFullSync()).isFalse();
    }

    @Test
    void a_login_carries_number_and_device() throws Exception {
        byte[] bytes = ClientPayloads.login(SETTINGS, Samples.ALICE.withDevice(7), 3);
        ClientPayload payload = ClientPayload.parseFrom(bytes);

        assertThat(payload.getUsername()).isEqualTo(4_915_100_000_001L);
        assertThat(payload.getDevice()).isEqualTo(7);
        assertThat(payload.getPassive()).isTrue();
        assertThat(payload.getPull()).isTrue();
        assertThat(payload.getLc()).isEqualTo(3);
        assertThat(payload.hasDevicePairingData()).isFalse();
        assertThat(payload.getUserAgent().getPlatform()).isEqualTo(UserAgent.Platform.WEB);
        assertThat(payload.getUserAgent().getAppVersion().getTertiary()).isEqualTo(1_043_857_760);
        assertThat(payload.getConnectType()).isEqualTo(ClientPayload.ConnectType.WIFI_UNKNOWN);
        assertThat(payload.getConnectReason()).isEqualTo(ClientPayload.ConnectReason.USER_ACTIVATED);
    }

    @Test
    void field_numbers_are_those_of_the_protocol() {
        byte[] bytes = ClientPayload.newBuilder()
                .setUsername(1)
                .setPassive(true)
                .setConnectType(ClientPayload.ConnectType.WIFI_UNKNOWN)
                .setConnectReason(ClientPayload.ConnectReason.USER_ACTIVATED)
                .setDevice(2)
                .setLc(1)
                .setPull(true)
                .setLidDbMigrated(true)
                .build()
                .toByteArray();

        assertThat(Bytes.wrap(bytes))
                .isEqualTo(Bytes.hex("0801" + "1801" + "6001" + "6801" + "900102" + "c00101" + "880201" + "c80201"));
    }

    @Test
    void a_server_reads_what_a_client_wrote() {
        assertThat(LoginRequest.parse(registration()))
                .isInstanceOfSatisfying(LoginRequest.Registration.class, request -> {
                    assertThat(request.version()).isEqualTo(VERSION);
                    assertThat(request.registrationId()).isEqualTo(0x0A0B0C0D);
                    assertThat(request.identityKey()).isEqualTo(Samples.bytes(32, 2));
                    assertThat(request.signedKey()).isEqualTo(SIGNED);
                    assertThat(request.buildHash()).isEqualTo(VERSION.buildHash());
                    assertThat(request.deviceProps().getOs()).isEqualTo("Waggle");
                });
        assertThat(LoginRequest.parse(ClientPayloads.login(SETTINGS, Samples.ALICE.withDevice(7), 3)))
                .isEqualTo(new LoginRequest.Login(VERSION, Samples.ALICE.withDevice(7), true, true, 3));
    }

    private static void refused(Consumer<DevicePairingRegistrationData.Builder> damage, String name) throws Exception {
        ClientPayload.Builder payload = ClientPayload.parseFrom(registration()).toBuilder();
        damage.accept(payload.getDevicePairingDataBuilder());

        assertThatThrownBy(() -> LoginRequest.parse(payload.build().toByteArray()))
                .isInstanceOf(LoginException.class)
                .hasMessageContaining(name);
    }

    @Test
    void a_registration_with_a_wrong_part_is_refused_by_name() throws Exception {
        refused(data -> data.setERegid(ByteString.EMPTY), "registration id");
        refused(data -> data.setEKeytype(ByteString.fromHex("06")), "key type");
        refused(data -> data.setEIdent(ByteString.copyFrom(new byte[33])), "identity key");
        refused(data -> data.setESkeyId(ByteString.copyFrom(new byte[4])), "signed pre-key id");
        refused(data -> data.setESkeyVal(ByteString.EMPTY), "signed pre-key");
        refused(data -> data.setESkeySig(ByteString.EMPTY), "signed pre-key signature");
        refused(data -> data.setBuildHash(ByteString.EMPTY), "build hash");
        refused(data -> data.setDeviceProps(ByteString.fromHex("0a05")), "payload");
    }

    @Test
    void a_login_of_nobody_is_refused() {
        assertThatThrownBy(() -> LoginRequest.parse(new byte[0])).isInstanceOf(LoginException.class);
        assertThatThrownBy(() -> LoginRequest.parse(new byte[] {8, 1, (byte) 0x90, 1, -1, -1, 7}))
                .isInstanceOf(LoginException.class)
                .hasMessageContaining("device");
        assertThatThrownBy(() -> LoginRequest.parse(new byte[] {8})).isInstanceOf(LoginException.class);
        assertThatThrownBy(() -> ClientPayloads.login(SETTINGS, Jid.lid("x1"), 0))
                .isInstanceOf(LoginException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2.3000", "2.3000.x", "2.3000.9999999999", "2.3000.1.1", "-1.0.0"})
    void what_is_no_version_is_refused(String text) {
        assertThatThrownBy(() -> ClientVersion.parse(text)).isInstanceOf(LoginException.class);
    }

    @Test
    void a_version_reads_as_it_prints() {
        assertThat(ClientVersion.parse("2.3000.1043857760")).isEqualTo(VERSION).hasToString("2.3000.1043857760");
    }

    @Test
    void settings_are_checked() {
        assertThatThrownBy(() -> ClientSettings.of(VERSION, " ")).isInstanceOf(LoginException.class);
        assertThatThrownBy(() -> new ClientSettings(VERSION, "x", DeviceProps.PlatformType.CHROME, "EN", "US", false))
                .isInstanceOf(LoginException.class);
        assertThat(SETTINGS.pairingPlatform()).isEqualTo("1");
    }
}
