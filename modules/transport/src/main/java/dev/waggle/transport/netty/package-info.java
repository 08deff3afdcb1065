/// The default transports: WebSocket over TCP and TLS on Netty, directly or through a proxy.
///
/// - Knows: Netty.
/// - Receives: targets.
/// - Gives: connections on a few shared threads.
/// - Never: lets a Netty type out of the room.
/// - First file to read: [dev.waggle.transport.netty.NettyTransports].
@NullMarked
package dev.waggle.transport.netty;

import org.jspecify.annotations.NullMarked;
