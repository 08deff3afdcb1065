package dev.waggle.benchmarks.wire;

import dev.waggle.benchmarks.Sample;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeReader;
import dev.waggle.wire.node.NodeWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Trees to bytes and back. Reading gives the whole tree, every JID parsed: nothing is put off.
@State(Scope.Thread)
public class NodeCodecBenchmark {
    private final Node receipt = Stanzas.receipt();
    private final Node message = Stanzas.message();
    private final Node group = Stanzas.group();
    private final byte[] receiptBytes = NodeWriter.write(receipt);
    private final byte[] messageBytes = NodeWriter.write(message);
    private final byte[] groupBytes = NodeWriter.write(group);

    @Setup
    public void check() {
        check(receipt, receiptBytes, Stanzas.RECEIPT_BYTES);
        check(message, messageBytes, Stanzas.MESSAGE_BYTES);
        check(group, groupBytes, Stanzas.GROUP_BYTES);
    }

    private static void check(Node node, byte[] bytes, int size) {
        Sample.check(bytes.length == size, node.tag() + " of " + size + " bytes, not " + bytes.length);
        Sample.check(NodeReader.read(bytes).equals(node), node.tag() + " read as it was written");
    }

    @Benchmark
    public byte[] encodeReceipt() {
        return NodeWriter.write(receipt);
    }

    @Benchmark
    public byte[] encodeMessage() {
        return NodeWriter.write(message);
    }

    @Benchmark
    public byte[] encodeGroup() {
        return NodeWriter.write(group);
    }

    @Benchmark
    public Node decodeReceipt() {
        return NodeReader.read(receiptBytes);
    }

    @Benchmark
    public Node decodeMessage() {
        return NodeReader.read(messageBytes);
    }

    @Benchmark
    public Node decodeGroup() {
        return NodeReader.read(groupBytes);
    }
}
