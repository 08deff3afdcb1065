package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.transport.Egress;
import dev.waggle.transport.http.HttpBody;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Exchanges through a proxy that we did not write: nothing goes around it, and it resolves the names.
public abstract class HttpProxyContract extends HttpContract {
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
    }

    private Egress egress() {
        return Egress.DIRECT.via(proxy.with(LoopbackProxy.LOGIN));
    }

    private URI named(String path) {
        return URI.create("http://" + proxy.name() + ":" + site.port() + path);
    }

    private boolean mine(Site.Asked asked) {
        return proxy.isMine(InetSocketAddress.createUnresolved("peer", asked.fromPort()));
    }

    @Test
    void bodies_go_both_ways_and_all_of_it_comes_from_the_proxy() throws Exception {
        byte[] body = Site.bytes(2_000_000);
        HttpCall call =
                new HttpCall("POST", named("/echo"), Map.of(), new HttpBody.Bytes(body), egress(), _ -> true, LIMITS);
        try (HttpExchange exchange = execute(call)) {
            assertThat(exchange.body().readAllBytes()).isEqualTo(body);
        }
        assertThat(text(execute(via(named("/again"), egress())))).isEqualTo("/again");
        assertThat(site.asked).allSatisfy(each -> assertThat(mine(each)).isTrue());
        assertThat(proxy.asked()).isNotEmpty().containsOnly(proxy.name());
    }

    @Test
    void a_redirect_goes_through_the_proxy_too() throws Exception {
        execute(via(URI.create(named("/to/302") + "?" + site.elsewhere("/end")), egress()))
                .close();
        assertThat(site.asked("/end"))
                .singleElement()
                .satisfies(each -> assertThat(mine(each)).isTrue());
    }

    @Test
    void a_login_that_the_proxy_refuses_is_unreachable() {
        for (Egress.Login login : new Egress.Login[] {null, new Egress.Login("bee", "other")}) {
            HttpException failure = failure(via(named("/x"), Egress.DIRECT.via(proxy.with(login))));
            assertThat(failure.kind()).isEqualTo(HttpException.Kind.UNREACHABLE);
            assertThat(failure.sent()).isFalse();
            assertThat(failure).hasMessageNotContaining("other");
        }
        assertThat(site.asked).isEmpty();
    }

    @Test
    void a_proxy_that_is_gone_is_unreachable_and_nothing_goes_around_it() {
        Egress egress = egress();
        proxy.close();
        HttpException failure = failure(via(site.at("/x"), egress));
        assertThat(failure.kind()).isEqualTo(HttpException.Kind.UNREACHABLE);
        assertThat(site.asked).isEmpty();
    }

    @Test
    void a_connection_is_kept_for_the_same_way_out_only() throws Exception {
        for (int i = 0; i < 3; i++) {
            text(execute(via(site.at("/direct"), Egress.DIRECT)));
            text(execute(via(site.at("/proxied"), egress())));
        }
        assertThat(site.asked("/direct"))
                .allSatisfy(each -> assertThat(mine(each)).isFalse());
        assertThat(site.asked("/proxied"))
                .allSatisfy(each -> assertThat(mine(each)).isTrue());
    }

    /// Only an address in the URI can be asked about: names belong to the proxy.
    @Test
    void the_guard_is_asked_for_a_literal_address() {
        HttpCall call = new HttpCall(
                "GET", site.elsewhere("/x"), Map.of(), HttpBody.NONE, egress(), a -> !a.isLoopbackAddress(), LIMITS);
        assertThat(failure(call).kind()).isEqualTo(HttpException.Kind.ADDRESS_REFUSED);
        assertThat(site.asked).isEmpty();
        assertThat(proxy.asked()).isEmpty();
    }
}
