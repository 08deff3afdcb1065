package dev.waggle.transport.netty;

import dev.waggle.transport.Egress;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// Opens one way: name, TCP, proxy, TLS. The only place where sockets are made, so that nothing goes around a
/// proxy.
///
/// A name is resolved once, on a thread that may wait, and the connection goes to an address that was asked about.
/// Behind a proxy no name of a target is ever resolved here.
final class Dialer {
    /// Adds what comes after TLS; once for each address that is tried.
    @FunctionalInterface
    interface Rest {
        void addTo(ChannelPipeline pipeline, long millisLeft);
    }

    private final EventLoopGroup threads;
    private final TlsContexts contexts;
    private final Way way;
    private final Rest rest;
    private final CompletableFuture<Channel> ready = new CompletableFuture<>();
    private final long deadline;
    private volatile @Nullable Channel channel;
    private volatile @Nullable ProxyHandler proxy;
    private volatile @Nullable SslHandler tls;

    private Dialer(EventLoopGroup threads, TlsContexts contexts, Way way, Rest rest) {
        this.threads = threads;
        this.contexts = contexts;
        this.way = way;
        this.rest = rest;
        deadline = System.nanoTime() + way.connectMax().toNanos();
    }

    /// Completes on the channel's thread when TLS is up, or fails with a [DialException]. Cancelling closes.
    static CompletableFuture<Channel> dial(
            EventLoopGroup threads, TlsContexts contexts, Way way, Predicate<InetAddress> guard, Rest rest) {
        Dialer dialer = new Dialer(threads, contexts, way, rest);
        dialer.start(guard);
        return dialer.ready;
    }

    private void start(Predicate<InetAddress> guard) {
        try {
            var timer = threads.next()
                    .schedule(
                            () -> fail(new DialException(DialException.Kind.TIMEOUT, "no connection in time")),
                            way.connectMax().toNanos(),
                            TimeUnit.NANOSECONDS);
            var _ = ready.whenComplete((open, failure) -> {
                timer.cancel(false);
                Channel now = channel;
                if (failure != null && now != null) {
                    var _ = now.close();
                }
            });
        } catch (RejectedExecutionException e) {
            fail(new DialException(DialException.Kind.UNREACHABLE, "closed"));
            return;
        }
        Thread.ofVirtual().name("dial").start(() -> {
            try {
                SslContext context = way.secure() ? contexts.of(way.egress()) : null;
                attempt(addresses(guard), 0, context);
            } catch (DialException e) {
                fail(e);
            } catch (UnknownHostException | RuntimeException e) {
                fail(DialFailures.of(e, way.egress().proxy() != null));
            }
        });
    }

    private List<InetAddress> addresses(Predicate<InetAddress> guard) throws UnknownHostException, DialException {
        Egress.Proxy through = way.egress().proxy();
        InetAddress literal = way.literal();
        if (through != null) {
            if (literal != null && !guard.test(literal)) {
                throw refused();
            }
            return List.of(InetAddress.getAllByName(through.host()));
        }
        List<InetAddress> passed = new ArrayList<>();
        for (InetAddress address :
                literal != null ? new InetAddress[] {literal} : InetAddress.getAllByName(way.host())) {
            if (guard.test(address)) {
                passed.add(address);
            }
        }
        if (passed.isEmpty()) {
            throw refused();
        }
        return passed;
    }

    private DialException refused() {
        return new DialException(DialException.Kind.ADDRESS_REFUSED, way.host() + " is not allowed");
    }

    private void attempt(List<InetAddress> addresses, int index, @Nullable SslContext context) {
        long millisLeft = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        if (ready.isDone()) {
            return;
        }
        InetAddress address = addresses.get(index);
        Egress.Proxy through = way.egress().proxy();
        InetAddress literal = way.literal();
        InetSocketAddress remote = through == null
                ? new InetSocketAddress(address, way.port())
                : literal == null
                        ? InetSocketAddress.createUnresolved(way.host(), way.port())
                        : new InetSocketAddress(literal, way.port());
        Bootstrap bootstrap = new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(4))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) (millisLeft / (addresses.size() - index)) + 1)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(65_536, NettyTransports.OUTBOUND_BYTES_MAX))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel made) {
                        fill(made, address, context, millisLeft);
                    }
                });
        var _ = bootstrap.connect(remote).addListener(done -> {
            if (done.isSuccess()) {
                after(proxy == null ? null : proxy.connectFuture(), this::secure);
            } else if (index + 1 < addresses.size() && !ready.isDone()) {
                attempt(addresses, index + 1, context);
            } else {
                fail(DialFailures.of(done.cause(), through != null));
            }
        });
    }

    private void fill(SocketChannel made, InetAddress address, @Nullable SslContext context, long millisLeft) {
        channel = made;
        Egress.Proxy through = way.egress().proxy();
        if (through != null) {
            ProxyHandler handler = handler(through, new InetSocketAddress(address, through.port()));
            handler.setConnectTimeoutMillis(millisLeft);
            made.pipeline().addLast(handler);
            proxy = handler;
        }
        if (context != null) {
            SslHandler handler = context.newHandler(made.alloc(), way.host(), way.port());
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            handler.engine().setSSLParameters(parameters);
            handler.setHandshakeTimeoutMillis(millisLeft);
            made.pipeline().addLast(handler);
            tls = handler;
        }
        rest.addTo(made.pipeline(), millisLeft);
        if (ready.isDone()) {
            var _ = made.close();
        }
    }

    private static ProxyHandler handler(Egress.Proxy proxy, InetSocketAddress address) {
        Egress.Login login = proxy.login();
        return switch (proxy.kind()) {
            case SOCKS5 ->
                login == null
                        ? new Socks5ProxyHandler(address)
                        : new Socks5ProxyHandler(address, login.user(), login.password());
            case HTTP_CONNECT ->
                login == null
                        ? new HttpProxyHandler(address)
                        : new HttpProxyHandler(address, login.user(), login.password());
        };
    }

    private void secure() {
        SslHandler handler = tls;
        after(handler == null ? null : handler.handshakeFuture(), () -> {
            Channel now = channel;
            if (now != null) {
                ready.complete(now);
            }
        });
    }

    private void after(@Nullable Future<Channel> step, Runnable next) {
        if (step == null) {
            next.run();
            return;
        }
        var _ = step.addListener(done -> {
            if (done.isSuccess()) {
                next.run();
            } else {
                fail(DialFailures.of(done.cause(), way.egress().proxy() != null));
            }
        });
    }

    /// Closing follows from failing.
    private void fail(DialException failure) {
        ready.completeExceptionally(failure);
    }
}
