package org.yinzheng.signing.pdf;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Digests of ranges of one file. Later signatures cover what earlier ones do: what lies before the values is digested
/// once for each algorithm, however many signatures there are.
final class RangeDigests {
    private static final int PIECE = 1 << 20;

    private final byte[] pdf;
    private final Budget budget;
    private final TreeSet<Integer> holes = new TreeSet<>();
    private final Map<String, TreeMap<Integer, MessageDigest>> states = new HashMap<>();

    /// @param ranges those that will be asked for, all inside the file; others cost more
    RangeDigests(byte[] pdf, Collection<ByteRange> ranges, Budget budget) {
        this.pdf = pdf;
        this.budget = budget;
        ranges.stream().filter(range -> range.start() == 0).forEach(range -> holes.add((int) range.firstLength()));
    }

    /// Only for a range that is inside the file.
    ///
    /// @param fresh a digest that nothing was put into
    byte[] of(ByteRange range, MessageDigest fresh) {
        var digest = range.start() == 0 ? before((int) range.firstLength(), fresh) : fresh;
        if (range.start() != 0) {
            update(digest, (int) range.start(), (int) (range.start() + range.firstLength()));
        }
        update(digest, (int) range.secondStart(), (int) range.end());
        return digest.digest();
    }

    private MessageDigest before(int end, MessageDigest fresh) {
        var known = states.computeIfAbsent(fresh.getAlgorithm(), name -> new TreeMap<>());
        var last = known.floorEntry(end);
        int at = last == null ? 0 : last.getKey();
        var running = last == null ? fresh : copy(last.getValue());
        for (int hole : holes.subSet(at, false, end, false)) {
            update(running, at, hole);
            known.put(hole, copy(running));
            at = hole;
        }
        update(running, at, end);
        known.put(end, copy(running));
        return running;
    }

    private void update(MessageDigest digest, int from, int to) {
        for (int at = from; at < to; at += PIECE) {
            budget.checkTime();
            digest.update(pdf, at, Math.min(PIECE, to - at));
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the digests of the JDK and of Bouncy Castle can be copied", e);
        }
    }
}
