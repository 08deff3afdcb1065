package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountCommand.Accepted;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.storage.row.OutboundState;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

/// TCP is up and nothing flows: what an account says of itself then.
class BlackholeTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final Config IMPATIENT = ConfigFactory.parseString(
            "waggle.connection { handshake-max = 1s, silence-max = 500ms, pong-max = 500ms }");

    private static AccountView view(Demo demo) {
        try {
            return demo.granted(AccountCommand.Describe::new);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static OutboundState state(Demo demo, String message) throws Exception {
        return demo.node()
                .outbound(ACCOUNT, new MessageId(message))
                .toCompletableFuture()
                .get()
                .orElseThrow()
                .state();
    }

    @Test
    void an_account_that_hears_nothing_is_not_online_and_comes_back_by_itself() throws Exception {
        try (Demo demo = Demo.start("memory", IMPATIENT, line -> {})) {
            demo.pair();
            String contact = demo.contact("Carla");
            demo.post("/faults", "{\"kind\":\"blackhole\",\"ms\":6000}");
            Accepted accepted = demo.granted((ActorRef<Answer<Accepted>> to) -> new AccountCommand.Send(
                    Jid.parse(contact.contains("@") ? contact : contact + "@s.whatsapp.net"),
                    "text",
                    "through the dark",
                    MessageContent.text("through the dark"),
                    "key-1",
                    Bytes.EMPTY,
                    null,
                    to));
            demo.until("the account sees it", () -> view(demo), seen -> seen.observed() != ObservedState.ONLINE);
            assertThat(state(demo, accepted.messageId())).isEqualTo(OutboundState.ACCEPTED);
            demo.until("the account is back", () -> view(demo), seen -> seen.observed() == ObservedState.ONLINE);
            demo.until("the text", () -> Demo.echoes(heard(demo, contact), "through the dark"), count -> count > 0);
            assertThat(Demo.echoes(heard(demo, contact), "through the dark")).isEqualTo(1);
        }
    }

    private static String heard(Demo demo, String contact) {
        try {
            return demo.get("/contacts/" + contact + "/messages?after=0");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void as_it_comes_an_account_notices_well_within_45_seconds() {
        Config defaults = ConfigFactory.defaultReference().getConfig("waggle.connection");
        assertThat(defaults.getDuration("silence-max").plus(defaults.getDuration("pong-max")))
                .isLessThanOrEqualTo(Duration.ofSeconds(40));
    }
}
