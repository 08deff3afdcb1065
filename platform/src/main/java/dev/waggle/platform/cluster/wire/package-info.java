/// How messages between nodes of one build are written.
///
/// - Knows: which types may travel, each under a number of its own.
/// - Receives: a message, or the bytes of one.
/// - Gives: the other of the two.
/// - Never: writes anything that is stored, or that another build may read.
/// - First file to read: [BuildSerializer].
@NullMarked
package dev.waggle.platform.cluster.wire;

import org.jspecify.annotations.NullMarked;
