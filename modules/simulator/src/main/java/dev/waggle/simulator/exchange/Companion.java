package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.User;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A connected client that registered and waits for a phone to link it. Lives as long as its socket.
public final class Companion {
    private final Registration registration;
    private final List<String> refs;
    private final Consumer<Node> out;
    private final Consumer<Companion> offered;
    private Optional<Offer> offer = Optional.empty();

    /// The phone's offer: the user that the companion becomes a device of, under which number and key index, and
    /// the `ADVSignedDeviceIdentityHMAC` bytes for `pair-success`.
    public record Offer(User user, int deviceId, int keyIndex, Bytes container) {}

    Companion(Registration registration, List<String> refs, Consumer<Node> out, Consumer<Companion> offered) {
        this.registration = registration;
        this.refs = List.copyOf(refs);
        this.out = out;
        this.offered = offered;
    }

    public Registration registration() {
        return registration;
    }

    /// The refs that this companion was given for its QR codes; each names it.
    public List<String> refs() {
        return refs;
    }

    public Optional<Offer> offer() {
        return offer;
    }

    /// A stanza to the companion, such as the notification of a phone that entered its code.
    public void send(Node stanza) {
        out.accept(stanza);
    }

    /// The phone offers to link: sends `pair-success`. A second offer is refused.
    ///
    /// @throws IllegalStateException when there was one before
    public void offer(Offer made) {
        if (offer.isPresent()) {
            throw new IllegalStateException("offer: second (expected: one per companion)");
        }
        offer = Optional.of(made);
        offered.accept(this);
    }
}
