package dev.waggle.address;

/// The server halves of a [Jid] that the protocol gives a meaning to. A JID may carry others: the wire grows.
public final class JidServer {
    /// Users by phone number.
    public static final String PN = "s.whatsapp.net";
    /// The older spelling of [#PN], still hashed into message ids and sent by phones.
    public static final String LEGACY = "c.us";
    /// Users by hidden identity.
    public static final String LID = "lid";
    public static final String GROUP = "g.us";
    public static final String BROADCAST = "broadcast";
    public static final String NEWSLETTER = "newsletter";
    public static final String HOSTED = "hosted";
    public static final String HOSTED_LID = "hosted.lid";
    public static final String MESSENGER = "msgr";
    public static final String INTEROP = "interop";
    public static final String BOT = "bot";
    public static final String CALL = "call";

    private JidServer() {}

    /// True for those named here.
    static boolean isNamed(String server) {
        return switch (server) {
            case PN, LEGACY, LID, GROUP, BROADCAST, NEWSLETTER, HOSTED, HOSTED_LID, MESSENGER, INTEROP, BOT, CALL ->
                true;
            default -> false;
        };
    }
}
