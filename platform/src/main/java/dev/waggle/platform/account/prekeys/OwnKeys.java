package dev.waggle.platform.account.prekeys;

import dev.waggle.address.Bytes;
import dev.waggle.signal.identity.LocalIdentity;

/// What is ours for as long as the link lasts.
///
/// @param deviceIdentity the phone's statement about this device, serialized
/// @param incarnation of the store: after a backup was restored, ids go on far above those that the server may have
/// been given since, and the server is supplied whatever it still holds; 0: it never came out of a backup
public record OwnKeys(LocalIdentity local, Bytes deviceIdentity, long incarnation) {}
