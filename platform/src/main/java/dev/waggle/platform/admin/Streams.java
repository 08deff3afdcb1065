package dev.waggle.platform.admin;

import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.SseFrame;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
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
        Source<ByteString, NotUsed> bytes = whole(frames)
                .map(SseFrame::bytes)
                .prepend(Source.single(SseFrame.OPENING))
                .keepAlive(heartbeat, () -> SseFrame.HEARTBEAT);
        return HttpResponse.create().withEntity(HttpEntities.createChunked(EVENT_STREAM, counted(bytes)));
    }

    /// The same as a WebSocket: the data of each frame is a message. What the client says is read and means
    /// nothing.
    HttpResponse socket(WebSocketUpgrade upgrade, Source<SseFrame, NotUsed> frames, Materializer materializer) {
        Source<Message, NotUsed> messages = whole(frames).map(frame -> TextMessage.create(Json.text(frame.data())));
        Sink<Message, NotUsed> heard = Flow.<Message>create()
                .mapAsync(1, message -> ignored(message, materializer))
                .to(Sink.ignore());
        return upgrade.handleMessagesWith(Flow.fromSinkAndSourceCoupled(heard, counted(messages)));
    }

    private static CompletionStage<Done> ignored(Message message, Materializer materializer) {
        return message.isText()
                ? message.asTextMessage().getStreamedText().runWith(Sink.ignore(), materializer)
                : message.asBinaryMessage().getStreamedData().runWith(Sink.ignore(), materializer);
    }

    private static Source<SseFrame, NotUsed> whole(Source<SseFrame, NotUsed> frames) {
        return frames.recover(new PFBuilder<Throwable, SseFrame>()
                .matchAny(failure -> SseFrame.problem(Failures.of(failure)))
                .build());
    }

    private <T> Source<T, NotUsed> counted(Source<T, NotUsed> stream) {
        if (open.get() >= most) {
            throw Problem.TOO_MANY_STREAMS.because("event streams", most + " open", "fewer than " + most);
        }
        return stream.via(end.flow()).watchTermination((mat, done) -> {
            open.incrementAndGet();
            var _ = done.whenComplete((ended, failure) -> open.decrementAndGet());
            return NotUsed.getInstance();
        });
    }

    void close() {
        end.shutdown();
    }
}
