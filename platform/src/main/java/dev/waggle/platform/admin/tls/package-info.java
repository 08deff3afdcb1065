/// How the admin API speaks TLS.
///
/// - Knows: a certificate and its key, as files.
/// - Receives: connections that begin.
/// - Gives: an engine for each, made of what the files hold now.
/// - Never: asks who calls: keys do that.
/// - First file to read: [ServerTls].
@NullMarked
package dev.waggle.platform.admin.tls;

import org.jspecify.annotations.NullMarked;
