/// HTTP as a port: one exchange at a time, bodies as streams.
///
/// - Knows: what an exchange is made of, and how one fails.
/// - Receives: calls, and the way they leave by.
/// - Gives: exchanges, whatever their status.
/// - Never: retries, keeps cookies, or decides that a status is a failure.
/// - First file to read: [dev.waggle.transport.http.HttpClient].
@NullMarked
package dev.waggle.transport.http;

import org.jspecify.annotations.NullMarked;
