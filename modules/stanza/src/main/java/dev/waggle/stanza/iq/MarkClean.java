package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells that what the server called dirty was fetched.
///
/// @param type as the `dirty` remark named it
/// @param since the remark's time
public record MarkClean(String type, @Nullable Instant since) implements Iq<Done> {
    @Override
    public Node ask(String id) {
        Node clean = Node.build("clean")
                .attr("type", type)
                .attr("timestamp", since == null ? null : Long.toString(since.getEpochSecond()))
                .done();
        return Iq.set(id, "urn:xmpp:whatsapp:dirty", Jid.SERVER, clean);
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
