/// What is kept once for the whole installation: who may call, what was done, which accounts there are, and wrapped
/// data keys.
///
/// - Knows: the rows of the control plane.
/// - Receives: rows, times and identities.
/// - Gives: rows by id and in pages.
/// - Never: sees a secret in the clear; API keys come hashed, data keys wrapped.
/// - First file to read: [dev.waggle.storage.control.ControlStore].
@NullMarked
package dev.waggle.storage.control;

import org.jspecify.annotations.NullMarked;
