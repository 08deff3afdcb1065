package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportEvents;
import org.apache.pekko.actor.typed.ActorRef;

/// What a socket tells its link, for as long as there is one to tell. Thread-safe.
final class LinkSocket implements TransportEvents {
    private final ActorRef<Link.Command> link;
    private volatile boolean ended;

    LinkSocket(ActorRef<Link.Command> link) {
        this.link = link;
    }

    void end() {
        ended = true;
    }

    private void tell(Link.Command event) {
        if (!ended) {
            link.tell(event);
        }
    }

    @Override
    public void connected(Transport open) {
        if (ended) {
            open.disconnect();
        }
        tell(new Link.Connected(open));
    }

    @Override
    public void received(byte[] bytes) {
        tell(new Link.Data(Bytes.wrap(bytes)));
    }

    @Override
    public void disconnected(DisconnectReason reason) {
        tell(new Link.Lost(reason));
    }
}
