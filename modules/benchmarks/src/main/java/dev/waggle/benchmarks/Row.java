package dev.waggle.benchmarks;

import java.util.List;

/// One line of the output: its name, and the benchmark method that it comes from, below this package.
///
/// Names follow the comparison with other clients, so that lines of both can stand in one file.
public record Row(String name, String method, String unit) {
    static final String UNIT = "ops/cpu-s";
    private static final String MEGABYTES = "MB/cpu-s";

    static final List<Row> ALL = List.of(
            new Row("ours.codec.encode.receipt", "wire.NodeCodecBenchmark.encodeReceipt"),
            new Row("ours.codec.encode.message", "wire.NodeCodecBenchmark.encodeMessage"),
            new Row("ours.codec.encode.group500", "wire.NodeCodecBenchmark.encodeGroup"),
            new Row("ours.codec.decode.receipt", "wire.NodeCodecBenchmark.decodeReceipt"),
            new Row("ours.codec.decode.message", "wire.NodeCodecBenchmark.decodeMessage"),
            new Row("ours.codec.decode.group500", "wire.NodeCodecBenchmark.decodeGroup"),
            new Row("ours.ratchet.alt.roundtrip", "signal.RatchetBenchmark.alternatingRoundTrip"),
            new Row("ours.ratchet.alt.encrypt", "signal.RatchetBenchmark.alternatingEncrypt"),
            new Row("ours.ratchet.alt.decrypt", "signal.RatchetBenchmark.alternatingDecrypt"),
            new Row("ours.ratchet.stream.roundtrip", "signal.RatchetBenchmark.oneWayRoundTrip"),
            new Row("ours.ratchet.stream.encrypt", "signal.RatchetBenchmark.oneWayEncrypt"),
            new Row("ours.ratchet.stream.decrypt", "signal.RatchetBenchmark.oneWayDecrypt"),
            new Row("ours.x3dh.initiate", "signal.SetUpBenchmark.initiate"),
            new Row("ours.x3dh.respond+decrypt", "signal.SetUpBenchmark.respond"),
            new Row("ours.senderkey.roundtrip", "signal.SenderKeyBenchmark.roundTrip"),
            new Row("ours.senderkey.encrypt", "signal.SenderKeyBenchmark.encrypt"),
            new Row("ours.senderkey.decrypt", "signal.SenderKeyBenchmark.decrypt"),
            new Row("ours.dh", "crypto.CurveBenchmark.agree"),
            new Row("ours.keygen", "crypto.CurveBenchmark.generate"),
            new Row("ours.xeddsa.sign", "crypto.SignatureBenchmark.sign"),
            new Row("ours.xeddsa.sign.kept", "crypto.SignatureBenchmark.signKept"),
            new Row("ours.xeddsa.verify", "crypto.SignatureBenchmark.verify"),
            new Row("ours.xeddsa.verify.kept", "crypto.SignatureBenchmark.verifyKept"),
            new Row("ours.noise.encrypt300", "noise.FrameCipherBenchmark.seal"),
            new Row("ours.noise.roundtrip300", "noise.FrameCipherBenchmark.roundTrip"),
            new Row("ours.media.encrypt64MiB", "media.MediaStreamsBenchmark.encrypt", MEGABYTES),
            new Row("ours.media.encrypt64MiB.sidecar", "media.MediaStreamsBenchmark.encryptWithSidecar", MEGABYTES),
            new Row("ours.media.decrypt64MiB(verified)", "media.MediaStreamsBenchmark.decrypt", MEGABYTES));

    Row(String name, String method) {
        this(name, method, UNIT);
    }

    /// The method with its class, as JMH knows it.
    String benchmark() {
        return Row.class.getPackageName() + '.' + method;
    }
}
