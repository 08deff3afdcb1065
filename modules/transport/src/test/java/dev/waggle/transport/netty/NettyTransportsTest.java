package dev.waggle.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.Target;
import dev.waggle.transport.TransportFactory;
import dev.waggle.transport.contract.ConnectProxy;
import dev.waggle.transport.contract.LoopbackProxy;
import dev.waggle.transport.contract.SocksProxy;
import dev.waggle.transport.contract.TransportContract;
import dev.waggle.transport.contract.TransportProxyContract;
import dev.waggle.transport.contract.TransportTlsContract;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The default transport against the contract.
class NettyTransportsTest {
    @Nested
    class Clear extends TransportContract {
        @Override
        protected TransportFactory open() {
            return new NettyTransports(1);
        }
    }

    @Nested
    class Secure extends TransportTlsContract {
        @Override
        protected TransportFactory open() {
            return new NettyTransports(1);
        }
    }

    @Nested
    class ThroughSocks extends TransportProxyContract {
        @Override
        protected TransportFactory open() {
            return new NettyTransports(1);
        }

        @Override
        protected LoopbackProxy proxy() throws Exception {
            return new SocksProxy(0);
        }
    }

    @Nested
    class ThroughConnect extends TransportProxyContract {
        @Override
        protected TransportFactory open() {
            return new NettyTransports(1);
        }

        @Override
        protected LoopbackProxy proxy() throws Exception {
            return new ConnectProxy(0);
        }
    }

    @Test
    void an_address_that_is_no_socket_is_refused_by_its_form() {
        assertThatThrownBy(() -> Target.of(URI.create("https://127.0.0.1/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ws://host");
    }
}
