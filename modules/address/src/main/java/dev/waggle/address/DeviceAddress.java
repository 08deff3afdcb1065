package dev.waggle.address;

/// One device as the Signal protocol names it. `name` is the user, followed by `_N` for every domain but the phone
/// number one
/// (`123` phone number, `123_1` LID, `123_128` hosted, `123_129` hosted LID), so that equal digits of two domains
/// never meet.
public record DeviceAddress(String name, int device) {
    public static DeviceAddress of(Jid jid) {
        String name = switch (jid.server()) {
            case JidServer.LID -> jid.user() + "_1";
            case JidServer.HOSTED -> jid.user() + "_128";
            case JidServer.HOSTED_LID -> jid.user() + "_129";
            default -> jid.user();
        };
        return new DeviceAddress(name, jid.device());
    }

    /// The storage key: `name:device`.
    @Override
    public String toString() {
        return name + ':' + device;
    }
}
