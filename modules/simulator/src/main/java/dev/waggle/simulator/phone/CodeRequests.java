package dev.waggle.simulator.phone;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Companion;
import dev.waggle.simulator.exchange.PhoneException;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The companions that show a code, and the codes that were typed for them. One per connected companion.
final class CodeRequests {
    static final String LINK_CODE = "link_code_companion_reg";
    private static final String REF = "link_code_pairing_ref";
    private static final int REF_BYTES = 16;

    private final SecureRandom random;
    private final Map<Companion, CodeRequest> requests = new LinkedHashMap<>();
    private final Map<Companion, Typed> typed = new LinkedHashMap<>();

    private record Typed(User user, CodeEntry entry) {}

    /// The code was right: whose phone it was, and the secret that both sides now share.
    record Finished(User user, Bytes advSecret) {}

    CodeRequests(SecureRandom random) {
        this.random = random;
    }

    /// The latest companion that shows a code for the number.
    ///
    /// @throws PhoneException when there is none
    CodeRequest asked(String number) {
        return requests.values().stream()
                .filter(request -> request.number().equals(number))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new PhoneException("phone", "no request", "a number that a companion asked for"));
    }

    void typed(CodeRequest request, User user, CodeEntry entry) {
        typed.put(request.companion(), new Typed(user, entry));
    }

    void forget(Companion companion) {
        requests.remove(companion);
        typed.remove(companion);
    }

    /// The companion tells which number its code is for.
    ///
    /// @return the content of the answer
    /// @throws PhoneException when its parts are not what it registered
    Node hello(Companion companion, Node content) {
        Jid user = content.requireJid("jid");
        if (!user.isPn() || !user.user().matches("[0-9]{5,15}")) {
            throw new PhoneException("jid", user.server(), "a phone number of 5..15 digits");
        }
        Bytes noiseKey = content.requireChild("companion_server_auth_key_pub").requireBytes(32);
        if (!noiseKey.equals(companion.registration().noiseKey())) {
            throw new PhoneException("companion_server_auth_key_pub", "other", "the key of the handshake");
        }
        content.requireChild("companion_platform_id").requireBytes();
        content.requireChild("companion_platform_display").requireBytes();
        Bytes wrapped = content.requireChild("link_code_pairing_wrapped_companion_ephemeral_pub")
                .requireBytes(CodeEntry.WRAPPED_BYTES);
        byte[] drawn = new byte[REF_BYTES];
        random.nextBytes(drawn);
        Bytes ref = Bytes.utf8(Bytes.wrap(drawn).toHex());
        forget(companion);
        requests.put(companion, new CodeRequest(companion, user.user(), wrapped, ref));
        return Node.build(LINK_CODE)
                .attr("stage", "companion_hello")
                .content(Node.of(REF, ref))
                .done();
    }

    /// What the companion hears when the code was typed.
    Node primaryHello(CodeRequest request, CodeEntry entry, long now) {
        Node content = Node.build(LINK_CODE)
                .attr("stage", "primary_hello")
                .content(
                        Node.of("link_code_pairing_wrapped_primary_ephemeral_pub", entry.wrappedEphemeral()),
                        Node.of("primary_identity_pub", entry.identityKey()),
                        Node.of(REF, request.ref()))
                .done();
        return Node.build("notification")
                .attr("from", Jid.SERVER)
                .attr("type", LINK_CODE)
                .attr("id", Integer.toUnsignedString(random.nextInt()))
                .attr("t", now)
                .content(content)
                .done();
    }

    /// The companion answers the typed code with its keys. A request can be finished once; a wrong code leaves it
    /// as it was.
    ///
    /// @throws PhoneException when the code was wrong or not typed yet, or other keys are named
    Finished finish(Companion companion, Node content) {
        @Nullable CodeRequest request = requests.get(companion);
        @Nullable Typed entered = typed.get(companion);
        if (request == null || entered == null) {
            throw new PhoneException("companion_finish", "too early", "after the code was typed");
        }
        if (!content.requireChild(REF).requireBytes().equals(request.ref())) {
            throw new PhoneException(REF, "other", "the one that was given");
        }
        Bytes identity = content.requireChild("companion_identity_public").requireBytes(32);
        if (!identity.equals(companion.registration().keys().identityKey())) {
            throw new PhoneException("companion_identity_public", "other", "the key that was registered");
        }
        Bytes bundle =
                content.requireChild("link_code_pairing_wrapped_key_bundle").requireBytes();
        Bytes secret = entered.entry().finish(bundle, identity);
        forget(companion);
        return new Finished(entered.user(), secret);
    }
}
