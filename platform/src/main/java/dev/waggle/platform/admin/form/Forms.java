package dev.waggle.platform.admin.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.Jid;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.proto.journal.Party;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What several forms have in common.
final class Forms {
    private Forms() {}

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// RFC 3339 in UTC with milliseconds at most.
    static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    static @Nullable String time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis).toString();
    }

    /// `{jid, pn, lid}`; a jid that is one of the two names fills that one in.
    static ObjectNode party(Party party) {
        Jid jid = party.getJid().isEmpty() ? null : Jid.parse(party.getJid());
        return Json.object()
                .put("jid", orNull(party.getJid()))
                .put(
                        "pn",
                        party.getPn().isEmpty() && jid != null && jid.isPn()
                                ? jid.bare().toString()
                                : orNull(party.getPn()))
                .put(
                        "lid",
                        party.getLid().isEmpty() && jid != null && jid.isLid()
                                ? jid.bare().toString()
                                : orNull(party.getLid()));
    }

    static ObjectNode party(Jid jid) {
        return party(Party.newBuilder().setJid(jid.toString()).build());
    }
}
