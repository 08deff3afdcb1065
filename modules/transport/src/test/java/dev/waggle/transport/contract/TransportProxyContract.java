package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.DisconnectReason.ProxyFailure;
import dev.waggle.transport.Egress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections through a proxy that we did not write: nothing goes around it, and it resolves the names.
public abstract class TransportProxyContract extends TransportTrial {
    @TempDir
    Path folder;

    private final Echo server = Echo.plain();
    private LoopbackProxy proxy;

    /// A [SocksProxy] or a [ConnectProxy].
    protected abstract LoopbackProxy proxy() throws Exception;

    @BeforeEach
    void startProxy() throws Exception {
        proxy = proxy();
    }

    @AfterEach
    void stopProxy() {
        proxy.close();
        server.close();
    }

    private Egress egress() {
        return Egress.DIRECT.via(proxy.with(LoopbackProxy.LOGIN));
    }

    private void allFromTheProxy(Echo reached) {
        assertThat(reached.peers)
                .hasSameSizeAs(proxy.asked())
                .allSatisfy(peer -> assertThat(proxy.isMine(peer)).isTrue());
    }

    @Test
    void messages_go_both_ways_and_all_of_it_comes_from_the_proxy() throws Exception {
        Recorder recorder = connect(server.uri(proxy.name()), egress()).with(10);
        turn(recorder, 5);
        byte[] large = new byte[900_000];
        recorder.send(large);
        assertThat(recorder.next()).isEqualTo(large);
        allFromTheProxy(server);
        assertThat(proxy.asked()).containsExactly(proxy.name());
    }

    @Test
    void tls_goes_through_it_whole() throws Exception {
        String name = proxy.name();
        Authority authority = new Authority(folder);
        try (Echo secure = Echo.secure(authority, List.of(name), true)) {
            Egress egress = new Egress(proxy.with(LoopbackProxy.LOGIN), authority.trust(), authority.client("bee"));
            turn(connect(secure.uri(name), egress).with(10), 3);
            assertThat(secure.clients).containsExactly("CN=bee");
            allFromTheProxy(secure);
        }
    }

    @Test
    void a_login_that_the_proxy_refuses_is_told_as_that() throws Exception {
        for (Egress.Login login : new Egress.Login[] {null, new Egress.Login("bee", "other")}) {
            DisconnectReason reason = connect(server.uri(proxy.name()), Egress.DIRECT.via(proxy.with(login)))
                    .end();
            assertThat(reason)
                    .isInstanceOfSatisfying(
                            ProxyFailure.class,
                            told -> assertThat(told.kind()).isEqualTo(ProxyFailure.Kind.LOGIN_REFUSED));
            assertThat(reason.toString()).doesNotContain("other");
        }
        assertThat(server.peers).isEmpty();
    }

    @Test
    void a_target_that_the_proxy_does_not_reach_is_told_as_that() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        DisconnectReason reason = connect(URI.create("ws://127.0.0.1:" + port + "/ws/chat"), egress())
                .end();
        assertThat(reason)
                .isInstanceOfSatisfying(
                        ProxyFailure.class,
                        told -> assertThat(told.kind()).isEqualTo(ProxyFailure.Kind.TARGET_REFUSED));
    }

    @Test
    void a_proxy_that_is_gone_is_told_as_that_and_nothing_goes_around_it() throws Exception {
        Egress egress = egress();
        proxy.close();
        assertThat(connect(server.uri(), egress).end())
                .isInstanceOfSatisfying(
                        ProxyFailure.class, told -> assertThat(told.kind()).isEqualTo(ProxyFailure.Kind.UNREACHABLE));
        assertThat(server.peers).isEmpty();
    }

    @Test
    void a_proxy_that_dies_ends_the_connection() throws Exception {
        Recorder recorder = connect(server.uri(proxy.name()), egress()).with(10);
        turn(recorder, 1);
        proxy.close();
        assertThat(recorder.end())
                .isInstanceOfAny(DisconnectReason.EndOfStream.class, DisconnectReason.ReadFailure.class);
        assertThat(server.peers).hasSize(1);
    }
}
