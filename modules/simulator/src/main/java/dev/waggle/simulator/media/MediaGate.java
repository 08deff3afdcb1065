package dev.waggle.simulator.media;

import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.fault.Fault.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.stream.ChunkedStream;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The media hosts' part of a connection: what is not for them passes on. Bodies are not collected: they go to the
/// shelf as they come, and leave as the socket takes them.
public final class MediaGate extends ChannelInboundHandlerAdapter {
    private static final int PIECE_BYTES = 64 * 1024;

    private final MediaShelf shelf;
    private final MediaFaults faults;
    private final Uploading.Complaints complaints;
    private @Nullable Uploading upload;
    private boolean mine;

    /// @param report told of each rule that a client broke: rule, device, detail
    public MediaGate(MediaShelf shelf, MediaFaults faults, Report report) {
        this.shelf = shelf;
        this.faults = faults;
        this.complaints = report::violation;
    }

    /// Where a rule that was broken is written down. From any thread.
    @FunctionalInterface
    public interface Report {
        void violation(String rule, dev.waggle.address.Jid device, String detail);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            String path = request.uri();
            mine = path.startsWith("/mms/") || path.startsWith("/v/");
            if (mine) {
                begin(context, request);
            }
        }
        if (!mine) {
            context.fireChannelRead(message);
            return;
        }
        try {
            if (message instanceof HttpContent content) {
                body(context, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        upload = null;
        int host = request.headers().get(HttpHeaderNames.HOST, "").startsWith("localhost") ? 2 : 1;
        if (faults.strike(Kind.MEDIA_DOWN, host).isPresent()) {
            var _ = context.close();
        } else if (request.method().equals(HttpMethod.POST)) {
            QueryStringDecoder uri = new QueryStringDecoder(request.uri());
            boolean asking = uri.parameters().containsKey("resume");
            Uploading.Begun begun = Uploading.begin(
                    shelf,
                    complaints,
                    uri,
                    HttpUtil.getContentLength(request, -1L),
                    asking ? Optional.empty() : faults.strike(Kind.MEDIA_UPLOAD_STATUS, host),
                    asking ? Optional.empty() : faults.strike(Kind.MEDIA_UPLOAD_CUT, host));
            switch (begun) {
                case Uploading.Begun.Wanted(var wanted) -> upload = wanted;
                case Uploading.Begun.Answer(var reply) -> answer(context, reply, request);
            }
        } else if (request.method().equals(HttpMethod.GET)) {
            download(context, request, host);
        } else {
            answer(context, MediaReply.status(405), request);
        }
    }

    /// An answer before the end of a body is the last one on its connection.
    private static void answer(ChannelHandlerContext context, MediaReply reply, HttpRequest request) {
        boolean more = HttpUtil.getContentLength(request, 0L) > 0 || HttpUtil.isTransferEncodingChunked(request);
        ChannelFuture written = context.writeAndFlush(response(reply));
        if (more || !HttpUtil.isKeepAlive(request)) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static DefaultFullHttpResponse response(MediaReply reply) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()), Unpooled.wrappedBuffer(reply.body()));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        return response;
    }

    private void body(ChannelHandlerContext context, HttpContent content) {
        Uploading now = upload;
        if (now == null) {
            return;
        }
        ByteBuf buffer = content.content();
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        if (!now.take(bytes)) {
            upload = null;
            var _ = context.close();
        } else if (content instanceof LastHttpContent) {
            upload = null;
            var _ = context.writeAndFlush(response(now.finish()));
        }
    }

    private void download(ChannelHandlerContext context, HttpRequest request, int host) {
        String path = request.uri();
        Optional<Fault> gone = faults.strike(Kind.MEDIA_GONE, host);
        gone.ifPresent(fault -> shelf.remove(path, fault.code() == 0 ? 410 : fault.code()));
        Optional<Fault> status = faults.strike(Kind.MEDIA_DOWNLOAD_STATUS, host);
        OptionalInt refused = status.isPresent() ? OptionalInt.of(status.get().code()) : shelf.gone(path);
        Optional<byte[]> bytes = shelf.bytes(path);
        if (refused.isPresent() || bytes.isEmpty()) {
            answer(context, MediaReply.status(refused.orElse(404)), request);
            return;
        }
        byte[] file = bytes.get();
        if (faults.strike(Kind.MEDIA_SPOILT, host).isPresent()) {
            file = file.clone();
            file[file.length / 2] ^= 1;
        }
        long[] range = range(request.headers().get(HttpHeaderNames.RANGE), file.length);
        if (range.length == 0) {
            answer(context, MediaReply.status(416), request);
            return;
        }
        send(context, file, range, faults.strike(Kind.MEDIA_DOWNLOAD_CUT, host));
    }

    private static void send(ChannelHandlerContext context, byte[] file, long[] range, Optional<Fault> cut) {
        int from = (int) range[0];
        int length = (int) (range[1] - range[0] + 1);
        boolean whole = length == file.length;
        HttpResponse head = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, whole ? HttpResponseStatus.OK : HttpResponseStatus.PARTIAL_CONTENT);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, length);
        if (!whole) {
            head.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes " + from + "-" + range[1] + "/" + file.length);
        }
        int given = cut.map(fault -> Math.min(fault.after(), length)).orElse(length);
        var _ = context.write(head);
        var _ = context.write(new ChunkedStream(new ByteArrayInputStream(file, from, given), PIECE_BYTES));
        if (given == length) {
            var _ = context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /// First and last byte; empty when the file has no such part.
    private static long[] range(@Nullable String header, int length) {
        if (header == null || !header.matches("bytes=\\d{1,15}-\\d{0,15}")) {
            return new long[] {0, length - 1L};
        }
        String[] ends = header.substring("bytes=".length()).split("-", 2);
        long from = Long.parseLong(ends[0]);
        long to = ends[1].isEmpty() ? length - 1L : Math.min(Long.parseLong(ends[1]), length - 1L);
        return from > to ? new long[0] : new long[] {from, to};
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (mine) {
            var _ = context.close();
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
