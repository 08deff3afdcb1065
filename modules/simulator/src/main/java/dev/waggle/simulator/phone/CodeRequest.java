package dev.waggle.simulator.phone;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.exchange.Companion;

/// A companion that shows a code for the phone with this number (digits). `wrapped` is its ephemeral key under the
/// code.
record CodeRequest(Companion companion, String number, Bytes wrapped, Bytes ref) {}
