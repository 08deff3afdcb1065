/// Files in messages: what a message says of its file, and the question to the phone for one that is gone.
///
/// - Knows: the fields of each kind of message with a file, and how the question and its answer are sealed.
/// - Receives: messages, facts of files, media keys.
/// - Gives: facts of files, messages, sealed questions, opened answers.
/// - Never: encrypts a file, reaches a host, draws a key.
/// - First file to read: [MediaContent].
@NullMarked
package dev.waggle.stanza.media;

import org.jspecify.annotations.NullMarked;
