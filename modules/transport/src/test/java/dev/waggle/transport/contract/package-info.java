/// What every transport, HTTP client and runtime must do. A third party extends these classes in its own build.
///
/// - Knows: the ports, and servers and proxies on loopback to try them against.
/// - Receives: an implementation.
/// - Gives: a verdict.
/// - Never: looks into the implementation.
/// - First file to read: [dev.waggle.transport.contract.HttpContract].
@NullMarked
package dev.waggle.transport.contract;

import org.jspecify.annotations.NullMarked;
