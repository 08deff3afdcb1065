package dev.waggle.platform.account.media;

import dev.waggle.platform.port.Spool;
import dev.waggle.transport.http.HttpClient;
import java.util.concurrent.Executor;

/// What a node gives to the transfers of all its accounts.
///
/// @param blocking runs what waits for disks and hosts
public record MediaServices(
        Spool spool, HttpClient http, TransferGate gate, Executor blocking, MediaSettings settings) {}
