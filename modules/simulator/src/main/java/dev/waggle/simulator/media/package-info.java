/// The media hosts: files that clients upload, and their way back.
///
/// - Knows: who may upload, what came in so far, where each file is and whether it is still there.
/// - Receives: bytes of uploads, questions for files, faults.
/// - Gives: paths, bytes, refusals.
/// - Never: sees a key: what a file says is for those who send and receive it.
/// - First file to read: [MediaShelf], then [MediaGate].
@NullMarked
package dev.waggle.simulator.media;

import org.jspecify.annotations.NullMarked;
