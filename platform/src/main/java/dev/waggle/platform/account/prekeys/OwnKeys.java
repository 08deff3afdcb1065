package dev.waggle.platform.account.prekeys;

import dev.waggle.address.Bytes;
import dev.waggle.signal.identity.LocalIdentity;

/// What is ours for as long as the link lasts.
///
/// @param deviceIdentity the phone's statement about this device, serialized
public record OwnKeys(LocalIdentity local, Bytes deviceIdentity) {}
