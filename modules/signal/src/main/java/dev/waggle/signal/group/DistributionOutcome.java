package dev.waggle.signal.group;

/// What came of a sender key that was given to us.
public sealed interface DistributionOutcome {

    /// Messages under `keyId` (32 bits) can be read with `next`. A repetition leaves the record as it was.
    record Accepted(SenderKeyRecord next, int keyId) implements DistributionOutcome {}

    /// Not a distribution message of version 3. `reason` may be logged.
    record InvalidMessage(String reason) implements DistributionOutcome {}
}
