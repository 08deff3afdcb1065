/// What every backend must do, as tests: extend each abstract class and say how your backend is started.
///
/// - Knows: the ports and their promises.
/// - Receives: a [dev.waggle.storage.contract.Tenant].
/// - Gives: failing tests.
/// - Never: knows a backend.
/// - First file to read: [dev.waggle.storage.contract.Tenant].
@NullMarked
package dev.waggle.storage.contract;

import org.jspecify.annotations.NullMarked;
