/// How messages between nodes are written.
///
/// - Knows: each kind of message by its name, and its form in Protobuf (`nodes.proto`).
/// - Receives: a message, or the bytes of one, of this build or the one before or after it.
/// - Gives: the other of the two.
/// - Never: writes anything that is stored; passes over what a later build says and means.
/// - First file to read: [WireSerializer], then [Kinds].
@NullMarked
package dev.waggle.platform.cluster.wire;

import org.jspecify.annotations.NullMarked;
