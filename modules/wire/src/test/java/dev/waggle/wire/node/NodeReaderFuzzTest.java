package dev.waggle.wire.node;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

class NodeReaderFuzzTest {
    /// Reading ends in a node or in the one exception, and what was read can be written and read again to the same
    /// node.
    @FuzzTest
    void bytes_read_as_a_node_or_are_refused(byte[] bytes) {
        Node node;
        try {
            node = NodeReader.read(bytes, new NodeLimits(128, 1 << 16, 65_535, 1 << 16));
        } catch (NodeException e) {
            return;
        }
        byte[] written;
        try {
            written = NodeWriter.write(node);
        } catch (NodeException e) {
            throw new AssertionError("read but not written: " + node, e);
        }
        byte[] again = NodeWriter.write(NodeReader.read(written));
        if (!Arrays.equals(written, again)) {
            throw new AssertionError("written twice, two ways: " + node);
        }
    }
}
