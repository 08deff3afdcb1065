package dev.waggle.transport.netty;

import dev.waggle.transport.contract.ConnectProxy;
import dev.waggle.transport.contract.HttpExchangeContract;
import dev.waggle.transport.contract.HttpLimitsContract;
import dev.waggle.transport.contract.HttpProxyContract;
import dev.waggle.transport.contract.HttpTlsContract;
import dev.waggle.transport.contract.LoopbackProxy;
import dev.waggle.transport.contract.SocksProxy;
import dev.waggle.transport.http.HttpClient;
import org.junit.jupiter.api.Nested;

/// The default client against the contract.
class NettyHttpClientTest {
    @Nested
    class Limits extends HttpLimitsContract {
        @Override
        protected HttpClient open() {
            return new NettyHttpClient(1);
        }
    }

    @Nested
    class Exchanges extends HttpExchangeContract {
        @Override
        protected HttpClient open() {
            return new NettyHttpClient(1);
        }
    }

    @Nested
    class Secure extends HttpTlsContract {
        @Override
        protected HttpClient open() {
            return new NettyHttpClient(1);
        }
    }

    @Nested
    class ThroughSocks extends HttpProxyContract {
        @Override
        protected HttpClient open() {
            return new NettyHttpClient(1);
        }

        @Override
        protected LoopbackProxy proxy() throws Exception {
            return new SocksProxy(0);
        }
    }

    @Nested
    class ThroughConnect extends HttpProxyContract {
        @Override
        protected HttpClient open() {
            return new NettyHttpClient(1);
        }

        @Override
        protected LoopbackProxy proxy() throws Exception {
            return new ConnectProxy(0);
        }
    }
}
