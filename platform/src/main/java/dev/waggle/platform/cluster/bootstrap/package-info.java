/// How a node finds the others before it is a member, and what it says of itself to whoever runs it.
///
/// - Knows: where the others may be asked, and whether this node is of use.
/// - Receives: nothing but questions.
/// - Gives: a cluster to join, or the first member of a new one.
/// - Never: lets anybody change the cluster: whoever reaches its port can only read.
/// - First file to read: [BootstrapSettings].
@NullMarked
package dev.waggle.platform.cluster.bootstrap;

import org.jspecify.annotations.NullMarked;
