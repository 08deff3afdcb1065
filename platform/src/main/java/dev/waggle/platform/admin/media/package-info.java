/// Files over the API: taken before they are sent, named in what is sent, given when they came with a message.
///
/// - Knows: routes, bodies and parts of files.
/// - Receives: requests; the node's spool, and who can fetch.
/// - Gives: responses whose bodies are read as the client takes them; what is to be sent.
/// - Never: holds a file in memory, or shows how one is opened.
/// - First file to read: [MediaRoutes].
@NullMarked
package dev.waggle.platform.admin.media;

import org.jspecify.annotations.NullMarked;
