package org.yinzheng.registry.audit;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.Digest;

/// The Merkle tree of RFC 6962 §2.1, as pure functions. Where the hashes come from is the caller's affair: it gives the
/// root of any complete subtree of 2^level leaves, or computes it.
public final class Merkle {
    /// The root of a tree without leaves.
    public static final Digest EMPTY = Digest.sha256(new byte[0]);

    private Merkle() {}

    /// Roots of complete subtrees.
    @FunctionalInterface
    public interface Nodes {
        /// @param level the subtree has 2^level leaves
        /// @param index of the subtree among those of its level, so that it begins at leaf index·2^level
        Digest node(int level, long index);
    }

    public static Digest leafHash(byte[] data) {
        return hash((byte) 0, data, new byte[0]);
    }

    public static Digest nodeHash(Digest left, Digest right) {
        return hash((byte) 1, left.bytes(), right.bytes());
    }

    public static Digest root(Nodes nodes, long size) {
        return size == 0 ? EMPTY : range(nodes, 0, size);
    }

    /// The hashes that lead from a leaf to the root, the lowest first (RFC 6962 §2.1.1).
    public static List<Digest> inclusionProof(Nodes nodes, long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a leaf of the tree");
        }
        var path = new ArrayList<Digest>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                path.addFirst(range(nodes, middle, to));
                to = middle;
            } else {
                path.addFirst(range(nodes, from, middle));
                from = middle;
            }
        }
        return path;
    }

    /// The hashes that show that the tree of `older` leaves is the beginning of that of `size` (RFC 6962 §2.1.2).
    public static List<Digest> consistencyProof(Nodes nodes, long older, long size) {
        if (older < 0 || older > size) {
            throw new IllegalArgumentException("an older tree is no larger");
        }
        var path = new ArrayList<Digest>();
        if (older == 0 || older == size) {
            return path;
        }
        long from = 0;
        long to = size;
        boolean whole = true; // what is left of the older tree is still all of it
        while (older != to) {
            long middle = from + split(to - from);
            if (older <= middle) {
                path.addFirst(range(nodes, middle, to));
                to = middle;
            } else {
                path.addFirst(range(nodes, from, middle));
                from = middle;
                whole = false;
            }
        }
        if (!whole) {
            path.addFirst(range(nodes, from, to));
        }
        return path;
    }

    /// RFC 9162 §2.1.3.2, which says how the proofs of RFC 6962 are checked.
    public static boolean provesInclusion(Digest leafHash, long index, long size, List<Digest> proof, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        var hash = leafHash;
        for (var other : proof) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = nodeHash(other, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = nodeHash(hash, other);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /// RFC 9162 §2.1.4.2.
    public static boolean provesConsistency(long older, Digest olderRoot, long size, Digest root, List<Digest> proof) {
        if (older < 0 || older > size) {
            return false;
        }
        if (older == 0 || older == size) {
            return proof.isEmpty() && (older == 0 ? olderRoot.equals(EMPTY) : olderRoot.equals(root));
        }
        if (proof.isEmpty()) {
            return false;
        }
        var path = new ArrayList<>(proof);
        if (Long.bitCount(older) == 1) {
            path.addFirst(olderRoot);
        }
        long node = older - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        var olderHash = path.getFirst();
        var hash = olderHash;
        for (var other : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                olderHash = nodeHash(other, olderHash);
                hash = nodeHash(other, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = nodeHash(hash, other);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && olderHash.equals(olderRoot) && hash.equals(root);
    }

    /// The hash over leaves `from` (inclusive) to `to` (exclusive), where `from` begins a subtree of that size or more.
    private static Digest range(Nodes nodes, long from, long to) {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.node(level, from >> level);
        }
        long middle = from + split(size);
        return nodeHash(range(nodes, from, middle), range(nodes, middle, to));
    }

    /// The largest power of two that is smaller.
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    private static Digest hash(byte prefix, byte[] left, byte[] right) {
        var message = new byte[1 + left.length + right.length];
        message[0] = prefix;
        System.arraycopy(left, 0, message, 1, left.length);
        System.arraycopy(right, 0, message, 1 + left.length, right.length);
        return Digest.sha256(message);
    }
}
