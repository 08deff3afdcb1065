package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.XEdDsa;

/// An `ADVSignedDeviceIdentity` as it travels: details (1), account signature key (2, 32 bytes or left out),
/// account signature (3), device signature (4, left out until the companion has signed).
public record SignedIdentity(Bytes details, Bytes accountKey, Bytes accountSignature, Bytes deviceSignature) {

    /// Reads the bytes; what is left out is empty.
    ///
    /// @throws FieldException when a field is missing that must be there, or has the wrong length
    public static SignedIdentity read(Bytes bytes) {
        Fields fields = Fields.read("signed device identity", bytes);
        Bytes key = fields.has(2) ? fields.require(2, 32) : Bytes.EMPTY;
        Bytes device = fields.has(4) ? fields.require(4, 64) : Bytes.EMPTY;
        return new SignedIdentity(fields.require(1), key, fields.require(3, 64), device);
    }

    public Bytes write() {
        FieldsWriter out = new FieldsWriter().bytes(1, details);
        if (!accountKey.isEmpty()) {
            out.bytes(2, accountKey);
        }
        out.bytes(3, accountSignature);
        return (deviceSignature.isEmpty() ? out : out.bytes(4, deviceSignature)).done();
    }

    public SignedIdentity withAccountKey(Bytes key) {
        return new SignedIdentity(details, key, accountSignature, deviceSignature);
    }

    /// True when the primary with this identity key signed the companion with that one.
    public boolean accountSigned(Bytes primary, Bytes companion) {
        byte[] signed = AdvBytes.account(details, companion);
        return XEdDsa.verify(primary.unsafeArray(), signed, accountSignature.unsafeArray());
    }

    /// True when the companion signed in return.
    public boolean deviceSigned(Bytes primary, Bytes companion) {
        byte[] signed = AdvBytes.device(details, companion, primary);
        return !deviceSignature.isEmpty()
                && XEdDsa.verify(companion.unsafeArray(), signed, deviceSignature.unsafeArray());
    }
}
