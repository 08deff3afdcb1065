/// Questions about groups, and the description of a group that answers and notifications share.
///
/// - Knows: the shapes of the group namespace.
/// - Receives: group and participant addresses.
/// - Gives: iq nodes, [GroupInfo].
/// - Never: remembers a group.
/// - First file to read: [QueryGroup].
@NullMarked
package dev.waggle.stanza.iq.group;

import org.jspecify.annotations.NullMarked;
