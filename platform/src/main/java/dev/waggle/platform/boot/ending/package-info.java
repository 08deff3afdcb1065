/// The end of the process when its node has ended.
///
/// - Knows: when the node's actor system begins to end.
/// - Receives: nothing.
/// - Gives: the end of the process, at the latest after a while.
/// - Never: begins an end itself.
/// - First file to read: [dev.waggle.platform.boot.ending.LastResort].
@NullMarked
package dev.waggle.platform.boot.ending;

import org.jspecify.annotations.NullMarked;
