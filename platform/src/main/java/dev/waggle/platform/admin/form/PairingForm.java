package dev.waggle.platform.admin.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.admin.http.Json;

/// A pairing as it reads from outside.
public final class PairingForm {
    private PairingForm() {}

    public static ObjectNode of(AccountId account, PairingView view) {
        return Json.object()
                .put("id", view.id())
                .put("account", account.value())
                .put("method", view.method())
                .put("state", view.state().name())
                .put("qr", view.qr())
                .put("code", view.code())
                .put("expiresAt", Forms.time(view.expiresAt()))
                .put("problem", view.problem());
    }

    /// The name of the change that led to this view: `opening`, `qr`, `code`, `confirming`, `paired`, `expired` or
    /// `failed`.
    public static String event(PairingView view) {
        return switch (view.state()) {
            case OPENING -> "opening";
            case WAITING -> view.qr() == null ? "code" : "qr";
            case CONFIRMING -> "confirming";
            case PAIRED -> "paired";
            case EXPIRED -> "expired";
            case FAILED -> "failed";
        };
    }
}
