package dev.waggle.platform.admin;

import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.SseFrame;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/// The event streams that are open: counted, kept alive, ended together. A slow reader slows its own source and
/// nothing else: frames are made when its socket takes them.
final class Streams {
    private static final ContentType EVENT_STREAM = ContentTypes.parse("text/event-stream");

    private final SharedKillSwitch end = KillSwitches.shared("admin-streams");
    private final AtomicInteger open = new AtomicInteger();
    private final int most;
    private final Duration heartbeat;

    Streams(int most, Duration heartbeat) {
        this.most = most;
        this.heartbeat = heartbeat;
    }

    int open() {
        return open.get();
    }

    /// A failure of the source becomes a last event of type `problem`.
    HttpResponse response(Source<SseFrame, NotUsed> frames) {
        if (open.get() >= most) {
            throw Problem.TOO_MANY_STREAMS.because("event streams", most + " open", "fewer than " + most);
        }
        Source<ByteString, NotUsed> bytes = frames.recover(new PFBuilder<Throwable, SseFrame>()
                        .matchAny(failure -> SseFrame.problem(Failures.of(failure)))
                        .build())
                .map(SseFrame::bytes)
                .prepend(Source.single(SseFrame.OPENING))
                .keepAlive(heartbeat, () -> SseFrame.HEARTBEAT)
                .via(end.flow())
                .watchTermination((mat, done) -> {
                    open.incrementAndGet();
                    var _ = done.whenComplete((ended, failure) -> open.decrementAndGet());
                    return NotUsed.getInstance();
                });
        return HttpResponse.create().withEntity(HttpEntities.createChunked(EVENT_STREAM, bytes));
    }

    void close() {
        end.shutdown();
    }
}
