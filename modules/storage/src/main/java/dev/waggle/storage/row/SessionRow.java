package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;

/// A session record as it was put.
public record SessionRow(DeviceAddress address, Bytes record) {}
