package dev.waggle.wire.node;

/// How much one payload may ask of the reader before it is refused.
///
/// @param depthMax levels of nodes, the root included
/// @param inflatedBytesMax bytes that a compressed payload may grow to
/// @param listItemsMax children of one node, and strings of one node head (tag, attribute names and values)
/// @param nodesMax nodes of the whole tree; bounds the memory that a payload of tiny nodes is multiplied to
public record NodeLimits(int depthMax, int inflatedBytesMax, int listItemsMax, int nodesMax) {
    public static final NodeLimits DEFAULT = new NodeLimits(128, 16 << 20, 65_535, 1 << 20);

    public NodeLimits {
        require("depthMax", depthMax, 1_000);
        require("inflatedBytesMax", inflatedBytesMax, 1 << 30);
        require("listItemsMax", listItemsMax, 65_535);
        require("nodesMax", nodesMax, Integer.MAX_VALUE);
    }

    private static void require(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + max + ")");
        }
    }
}
