package dev.waggle.platform.port.webhook;

import dev.waggle.address.AccountId;
import dev.waggle.address.AddressException;
import java.time.Instant;

/// An event that was given up. The event itself stays in the account's log.
///
/// @param reason `schedule-ended` or `too-old`
/// @param problem what the last attempt ended with
public record DeadLetter(
        AccountId account,
        long sequence,
        String type,
        Instant eventAt,
        int attempts,
        Instant buriedAt,
        String reason,
        String problem) {
    public Ref ref() {
        return new Ref(account, sequence);
    }

    /// Names a dead letter of a webhook: `account.sequence`.
    public record Ref(AccountId account, long sequence) {
        /// @throws AddressException when it is none
        public static Ref parse(String text) {
            int dot = text.lastIndexOf('.');
            String number = text.substring(dot + 1);
            if (dot < 1 || !number.matches("[1-9][0-9]{0,17}")) {
                throw new AddressException("dead letter", text, "account.sequence");
            }
            return new Ref(new AccountId(text.substring(0, dot)), Long.parseLong(number));
        }

        @Override
        public String toString() {
            return account + "." + sequence;
        }
    }
}
