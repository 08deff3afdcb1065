package dev.waggle.address;

/// A message id as drawn by its sender: 1 to 128 printable ASCII characters. Unique only per (chat, sender).
public record MessageId(String value) {
    public MessageId {
        if (value.isEmpty() || value.length() > 128 || !value.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new AddressException("message id", value, "1..128 printable ASCII characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
