package dev.waggle.simulator.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.check.StrictInspector;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Contacts.Heard;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.exchange.ExchangeLimits;
import dev.waggle.simulator.phone.MockPhones;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Contacts, phones and the strict inspector on the real exchange.
@Timeout(60)
final class ExchangeTest {
    private final SecureRandom random = new SecureRandom();
    private final Exchange exchange =
            new Exchange(ExchangeLimits.DEFAULT, InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000L)), random);
    private final ContactBook book = new ContactBook(Neighbourhood.of(exchange), random);
    private final MockPhones phones = MockPhones.of(exchange, book, random);
    private final StrictInspector inspector = new StrictInspector(
            exchange.directory(), exchange.groups(), exchange.report(), 1 << 16, (device, rule) -> false);

    @BeforeEach
    void furnish() {
        exchange.furnish(phones, book, inspector, List.of("127.0.0.1"));
    }

    @AfterEach
    void nobody_broke_a_rule() {
        var report = on(() -> exchange.report().snapshot());
        exchange.close();
        assertThat(report.violations()).isEmpty();
        assertThat(report.reusedCounters()).isEmpty();
    }

    private <T> T on(Callable<T> step) {
        return exchange.ask(step).join();
    }

    private Contact contact(String name) {
        return on(() -> book.settled(book.add(name)));
    }

    private Heard heard(Contact contact, Predicate<Heard> wanted) {
        return on(() -> contact.await(wanted)).join();
    }

    private TestCompanion linked(String name) {
        TestCompanion client = new TestCompanion(exchange, name);
        Bytes secret = Bytes.wrap(random.generateSeed(32));
        User user = on(() -> phones.scanQr(client.qr(secret)));
        client.countersign(secret);
        assertThat(client.jid()).isEqualTo(user.pn().withDevice(1));
        client.login();
        return client;
    }

    @Test
    void contacts_talk_in_order_in_pairs_and_in_a_group() {
        Contact ann = contact("Ann");
        Contact bob = contact("Bob");
        Group group = on(() -> {
            Group made = exchange.groups().create(ann.user(), "Both", 1);
            made.put(bob.user(), Group.Role.MEMBER);
            return made;
        });
        on(() -> {
            for (int i = 0; i < 500; i++) {
                ann.send(bob.user().lid(), "text " + i);
            }
            return ann.send(group.id(), "to all");
        });
        heard(bob, heard -> heard.text().equals("to all"));

        List<Heard> all = on(() -> book.heard(bob.user(), 0));
        assertThat(all).hasSize(501);
        assertThat(all.get(499).text()).isEqualTo("text 499");
        assertThat(all).allMatch(heard -> heard.copies() == 1);
        heard(ann, heard -> heard.text().equals("to all") && heard.status().equals("delivered"));
    }

    @Test
    void a_companion_linked_by_qr_talks_with_a_contact_and_the_phone_hears_along() {
        Contact bob = contact("Bob");
        TestCompanion ann = linked("Ann");

        on(() -> bob.send(ann.jid().bare(), "hello"));
        assertThat(ann.read()).isEqualTo("hello");
        ann.send(bob.user().lid(), "3EB0000000000000000001", "hello yourself");
        heard(bob, heard -> heard.text().equals("hello yourself"));

        Contact phone = on(() -> book.contact(exchange.directory().named("Ann")).orElseThrow());
        Heard own = heard(phone, heard -> heard.text().equals("hello yourself"));
        assertThat(own.fromMe()).isTrue();
        assertThat(own.chat()).isEqualTo(bob.user().lid());
        heard(phone, heard -> heard.text().equals("hello"));
    }

    @Test
    void a_companion_that_asks_again_gets_the_message_again() {
        Contact bob = contact("Bob");
        TestCompanion ann = linked("Ann");
        on(() -> {
            bob.spoilNext(1);
            return bob.send(ann.jid().bare(), "spoiled");
        });
        var spoiled = ann.next("message");
        int registration = ann.device().keys().registrationId();
        var retry = Node.build("retry")
                .attr("count", 1)
                .attr("id", spoiled.require("id"))
                .attr("t", spoiled.require("t"))
                .attr("v", "1")
                .done();
        byte[] id = {0, 0, (byte) (registration >> 8), (byte) registration};
        ann.submit(Node.build("receipt")
                .attr("id", spoiled.require("id"))
                .attr("to", spoiled.requireJid("from"))
                .attr("type", "retry")
                .content(retry, Node.of("registration", Bytes.of(id)))
                .done());

        assertThat(ann.read()).isEqualTo("spoiled");
    }

    @Test
    void a_second_companion_of_the_same_name_is_the_next_device_of_the_same_user() {
        TestCompanion first = linked("Ann");
        TestCompanion second = new TestCompanion(exchange, "Ann");
        Bytes secret = Bytes.wrap(random.generateSeed(32));
        on(() -> phones.scanQr(second.qr(secret)));
        second.countersign(secret);

        assertThat(second.jid()).isEqualTo(first.jid().withDevice(2));
        assertThat(second.device().keyIndex()).isEqualTo(2);
        Bytes list = on(() -> phones.keyIndexList(exchange.directory().named("Ann")));
        assertThat(list.size()).isPositive();
        assertThat(on(() -> phones.keyIndexList(exchange.directory().named("Ann"))))
                .isEqualTo(list);
        assertThat(on(() -> phones.keyIndexList(exchange.directory().named("Nobody"))))
                .isEqualTo(Bytes.EMPTY);
    }

    @Test
    void the_phone_of_a_contact_pairs_with_the_identity_of_the_contact() {
        Contact bob = contact("Bob");
        TestCompanion web = linked("Bob");

        assertThat(web.jid()).isEqualTo(bob.user().pn().withDevice(1));
        Jid other = contact("Cid").user().lid();
        on(() -> bob.send(other, "from the phone"));
        assertThat(web.read()).isEqualTo("from the phone");
    }
}
