/// How a member's accounts go to other members before it leaves: a few shards at a time, so that each account is
/// away for no longer than its own move takes.
///
/// - Knows: which members are leaving, as all members do.
/// - Receives: the wish that a member leaves; which shards are still on it.
/// - Gives: [dev.waggle.platform.cluster.handover.Leaving] to who places shards.
/// - Never: moves a shard itself, nor keeps a member that has waited long enough.
/// - First file to read: [dev.waggle.platform.cluster.handover.Handover].
@NullMarked
package dev.waggle.platform.cluster.handover;

import org.jspecify.annotations.NullMarked;
