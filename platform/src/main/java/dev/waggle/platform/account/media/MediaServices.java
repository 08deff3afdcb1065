package dev.waggle.platform.account.media;

import dev.waggle.platform.port.Spool;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.runtime.TaskRuntime;

/// What a node gives to the transfers of all its accounts.
///
/// @param runtime runs what waits for disks, hosts and phones
public record MediaServices(
        Spool spool, HttpClient http, TransferGate gate, TaskRuntime runtime, MediaSettings settings) {}
