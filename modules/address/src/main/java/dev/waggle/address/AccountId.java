package dev.waggle.address;

import java.util.regex.Pattern;

/// The operator's name for one linked device: 1 to 64 characters of `a-z A-Z 0-9 . _ -`, beginning with a letter or
/// digit.
/// It appears in URLs, entity ids, storage keys and logs, so it never holds a phone number unless the operator
/// chose it so.
public record AccountId(String value) implements Comparable<AccountId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new AddressException("account id", value, "1..64 of a-z A-Z 0-9 . _ - with a letter or digit first");
        }
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
