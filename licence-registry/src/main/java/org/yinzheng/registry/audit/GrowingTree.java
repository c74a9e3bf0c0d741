package org.yinzheng.registry.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.yinzheng.signing.Digest;

/// The right edge of a tree to which leaves are added: which tiles that changes, and how. Holds no more than the tiles
/// that were changed since they were last taken.
public final class GrowingTree {
    private static final int FULL = Tile.WIDTH * Tile.HASH;

    private final Function<Tile, byte[]> stored;
    private final Map<Tile, byte[]> changed = new HashMap<>();
    private long size;

    /// @param stored the hashes of a tile of the tree as it is now; none when there is no such tile
    public GrowingTree(long size, Function<Tile, byte[]> stored) {
        this.size = size;
        this.stored = stored;
    }

    public void add(Digest leafHash) {
        add(0, leafHash.bytes());
        size++;
    }

    /// Every tile that is not as it was stored, with its hashes now.
    public Map<Tile, byte[]> changed() {
        return Map.copyOf(changed);
    }

    /// The full ones of them, which are not kept any longer.
    public Map<Tile, byte[]> takeFull() {
        var full = new HashMap<Tile, byte[]>();
        changed.forEach((tile, hashes) -> {
            if (hashes.length == FULL) {
                full.put(tile, hashes);
            }
        });
        changed.keySet().removeAll(full.keySet());
        return full;
    }

    private void add(int level, byte[] hash) {
        var tile = new Tile(level, (size >> (Tile.HEIGHT * level)) / Tile.WIDTH);
        var hashes = changed.containsKey(tile) ? changed.get(tile) : stored.apply(tile);
        var longer = Arrays.copyOf(hashes, hashes.length + Tile.HASH);
        System.arraycopy(hash, 0, longer, hashes.length, Tile.HASH);
        changed.put(tile, longer);
        if (longer.length == FULL) {
            add(
                    level + 1,
                    tile.node(Tile.HEIGHT * (level + 1), tile.number(), longer).bytes());
        }
    }
}
