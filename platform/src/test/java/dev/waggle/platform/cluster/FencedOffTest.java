package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.tenure.Tenure;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.RootActorPath;
import org.junit.jupiter.api.Test;

class FencedOffTest {
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final AtomicBoolean putOut = new AtomicBoolean();
    private final FencedOff fencedOff = new FencedOff(account -> held::get, putOut::get);

    private static ActorPath path(String text) {
        ActorPath path = new RootActorPath(new Address("pekko", "waggle"), "/");
        for (String name : text.split("/", -1)) {
            path = path.child(name);
        }
        return path;
    }

    @Test
    void an_account_without_its_lease_and_all_its_parts_are_meant() {
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$a/connection/link-1")))
                .isFalse();
        held.set(false);
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$a/connection/link-1")))
                .isTrue();
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$a"))).isTrue();
    }

    @Test
    void its_place_and_others_are_not() {
        held.set(false);
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee"))).isFalse();
        assertThat(fencedOff.holds(path("system/sharding/account/7"))).isFalse();
        assertThat(fencedOff.holds(path("system/sharding/webhooks/7/hook/$a"))).isFalse();
        assertThat(fencedOff.holds(path("user/node/plugins/echo/bee/$a"))).isFalse();
        assertThat(fencedOff.holds(path("deadLetters"))).isFalse();
    }

    @Test
    void all_accounts_of_a_node_that_was_put_out_are_meant() {
        putOut.set(true);
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$a/ciphers-1")))
                .isTrue();
        assertThat(fencedOff.holds(path("system/sharding/webhooks/7/hook/$a"))).isFalse();
    }

    @Test
    void an_account_that_found_its_lease_over_is_meant_for_a_while() {
        Tenure tenure = fencedOff.watched(new AccountId("bee"));
        assertThat(tenure.held()).isTrue();
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$a/ciphers-1")))
                .isFalse();
        held.set(false);
        assertThat(tenure.held()).isFalse();
        held.set(true);
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$a/ciphers-1")))
                .isTrue();
        assertThat(fencedOff.holds(path("system/sharding/account/7/wasp/$a/ciphers-1")))
                .isFalse();
    }

    @Test
    void one_that_ended_stays_so_when_its_shard_has_its_lease_again() {
        fencedOff.ends(path("system/sharding/account/7/bee/$a"));
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$a/connection/link-1")))
                .isTrue();
        assertThat(fencedOff.holds(path("system/sharding/account/7/bee/$b/connection/link-1")))
                .isFalse();
    }
}
