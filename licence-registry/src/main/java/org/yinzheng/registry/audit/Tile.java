package org.yinzheng.registry.audit;

import java.util.HexFormat;
import org.yinzheng.signing.Digest;

/// Where a hash is in the layout of C2SP tlog-tiles: tiles of 256 hashes, each level of tiles eight levels of the tree.
/// A tile holds the lowest hashes of its level; those above them are computed from it.
public record Tile(int level, long number) {
    public static final int WIDTH = 256;
    public static final int HEIGHT = 8;
    public static final int HASH = 32;

    /// The tile that holds, or lets compute, a node of the tree.
    public static Tile of(int treeLevel, long index) {
        int tileLevel = treeLevel / HEIGHT;
        long lowest = index << (treeLevel % HEIGHT);
        return new Tile(tileLevel, lowest / WIDTH);
    }

    /// How many hashes it has when the tree has `size` leaves.
    public int widthIn(long size) {
        long hashes = size >> (HEIGHT * level);
        return Math.clamp(hashes - number * WIDTH, 0, WIDTH);
    }

    /// @param hashes of this tile, as it is stored
    /// @throws IllegalStateException when the tile does not reach so far
    public Digest node(int treeLevel, long index, byte[] hashes) {
        int height = treeLevel - level * HEIGHT;
        int first = (int) ((index << height) - number * WIDTH);
        return node(hashes, first, 1 << height);
    }

    private static Digest node(byte[] hashes, int first, int count) {
        if (count == 1) {
            if ((first + 1) * HASH > hashes.length) {
                throw new IllegalStateException("the tile does not reach so far");
            }
            return new Digest(HexFormat.of().formatHex(hashes, first * HASH, (first + 1) * HASH));
        }
        int half = count / 2;
        return Merkle.nodeHash(node(hashes, first, half), node(hashes, first + half, half));
    }
}
