/// What can be changed while nodes run, on all of them at once.
///
/// - Knows: the value that was set last.
/// - Receives: a new one, from a person or from another node.
/// - Gives: the present one to whoever begins something.
/// - Never: ends what was begun with another one.
/// - First file to read: [WebVersion].
@NullMarked
package dev.waggle.platform.cluster.runtime;

import org.jspecify.annotations.NullMarked;
