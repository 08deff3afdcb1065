package dev.waggle.simulator.check;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.exchange.Inspector;
import dev.waggle.simulator.exchange.Registration;
import dev.waggle.simulator.exchange.Verdict;
import dev.waggle.simulator.report.Report;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// Checks everything that a client sends against every [Rule]. What it finds goes into the report; the first
/// violation that refuses decides the verdict. A tolerated rule is neither written down nor refused.
///
/// Counters and ids of sent messages are remembered within a limit; beyond it the oldest are forgotten (see
/// [CounterWatch]).
public final class StrictInspector implements Inspector {
    /// One million counters and ids each: at most 64 MiB together.
    public static final int REMEMBERED_MAX = 1 << 20;

    private final Report report;
    private final CounterWatch counters;
    private final MessageCheck messages;
    private final ReceiptCheck receipts;
    private final KeyUploadCheck uploads = new KeyUploadCheck();
    private final BiPredicate<Device, Rule> tolerated;

    /// @param rememberedMax how many counters, and how many ids, are remembered; see [#REMEMBERED_MAX]
    /// @param tolerated which rules a device may break for now
    public StrictInspector(
            Directory directory, Groups groups, Report report, int rememberedMax, BiPredicate<Device, Rule> tolerated) {
        this.report = report;
        this.tolerated = tolerated;
        this.counters = new CounterWatch(rememberedMax);
        this.messages = new MessageCheck(directory, groups, new EncCheck(counters, report));
        this.receipts = new ReceiptCheck(directory, uploads, rememberedMax);
    }

    /// How many counters fell out of memory: above 0, an old counter that is reused would go unnoticed.
    public long countersForgotten() {
        return counters.forgotten();
    }

    @Override
    public Verdict stanza(Device from, Node stanza) {
        long before = counters.forgotten();
        List<Violation> found = inspect(from, stanza);
        if (counters.forgotten() > before) {
            report.add("countersForgotten", counters.forgotten() - before);
        }
        Verdict verdict = answer(found, from.pn(), rule -> tolerated.test(from, rule));
        String id = stanza.attr("id");
        if (stanza.is("message") && id != null && verdict.equals(Verdict.FINE)) {
            receipts.sent(from.user(), id);
        }
        return verdict;
    }

    private List<Violation> inspect(Device from, Node stanza) {
        return switch (stanza.tag()) {
            case "message" -> messages.check(from, stanza);
            case "receipt" -> receipts.check(from, stanza);
            case "iq" -> keyUpload(stanza) ? uploads.check(from, stanza) : List.of();
            default -> List.of();
        };
    }

    private static boolean keyUpload(Node iq) {
        return "encrypt".equals(iq.attr("xmlns")) && "set".equals(iq.attr("type"));
    }

    @Override
    public Verdict registration(Registration registration) {
        List<Violation> found = registration.clientPayload().isEmpty()
                ? RegistrationCheck.keys(registration.keys(), registration.deviceProps())
                : RegistrationCheck.payload(registration.clientPayload());
        return answer(found, Jid.SERVER, rule -> false);
    }

    private Verdict answer(List<Violation> found, Jid device, Predicate<Rule> passed) {
        Verdict verdict = Verdict.FINE;
        for (Violation violation : found) {
            Rule rule = violation.rule();
            if (!passed.test(rule)) {
                report.violation(rule.code(), device, violation.detail());
                if (rule.refuses() && verdict.equals(Verdict.FINE)) {
                    verdict = new Verdict.Refused(rule.error(), violation.detail());
                }
            }
        }
        return verdict;
    }
}
