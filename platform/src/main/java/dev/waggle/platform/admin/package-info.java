/// The HTTP API for operators: one Routes class per resource, one table of errors.
///
/// - Knows: resources, their JSON forms, who may call.
/// - Receives: HTTP requests with a bearer key.
/// - Gives: answers of accounts, rows of the stores, streams of events; problems with stable codes.
/// - Never: answers without a key (the two health routes excepted), shows a stack trace, logs a key or a text.
/// - First file to read: [AdminServer], then [AccountRoutes].
@NullMarked
package dev.waggle.platform.admin;

import org.jspecify.annotations.NullMarked;
