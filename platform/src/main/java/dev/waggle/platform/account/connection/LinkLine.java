package dev.waggle.platform.account.connection;

import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.LineException;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// [Line] as messages to one [Link]; dead for ever once that has ended.
final class LinkLine implements Line {
    private final ActorRef<Link.Command> link;
    private final long id;
    private volatile boolean ended;

    LinkLine(ActorRef<Link.Command> link, long id) {
        this.link = link;
        this.id = id;
    }

    void end() {
        ended = true;
    }

    static LineException over() {
        return new LineException(LineException.Kind.ENDED, "the connection has ended");
    }

    @Override
    public long connectionId() {
        return id;
    }

    @Override
    public CompletionStage<Done> write(Node stanza) {
        if (ended) {
            return CompletableFuture.failedFuture(over());
        }
        CompletableFuture<Done> written = new CompletableFuture<>();
        link.tell(new Link.Write(stanza, written));
        return written;
    }

    @Override
    public <A> CompletionStage<A> ask(Iq<A> question) {
        if (ended) {
            return CompletableFuture.failedFuture(over());
        }
        CompletableFuture<Node> reply = new CompletableFuture<>();
        link.tell(new Link.Ask(question::ask, reply));
        return reply.thenApply(question::read);
    }

    @Override
    public void settled(int stanzas) {
        if (!ended) {
            link.tell(new Link.Settled(stanzas));
        }
    }
}
