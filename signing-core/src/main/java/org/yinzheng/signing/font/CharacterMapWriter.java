package org.yinzheng.signing.font;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Writes a `cmap` with format 4 for readers that know the basic plane only and format 12 for all of Unicode.
/// Glyphs are numbered from 1 in the order of their code points, so each run of neighbouring code points is
/// one segment with a constant distance.
final class CharacterMapWriter {
    private CharacterMapWriter() {}

    private record Run(int first, int last, int glyph) {}

    static ByteBuffer write(List<Integer> codePoints) {
        var runs = runs(codePoints);
        var basic = basic(runs.stream().filter(run -> run.last <= 0xFFFF).toList());
        var full = full(runs);
        var out = ByteBuffer.allocate(4 + 4 * 8 + basic.capacity() + full.capacity());
        int basicAt = 4 + 4 * 8;
        int fullAt = basicAt + basic.capacity();
        out.putShort((short) 0).putShort((short) 4);
        record(out, 0, 3, basicAt);
        record(out, 0, 4, fullAt);
        record(out, 3, 1, basicAt);
        record(out, 3, 10, fullAt);
        return out.put(basic.rewind()).put(full.rewind());
    }

    private static void record(ByteBuffer out, int platform, int encoding, int offset) {
        out.putShort((short) platform).putShort((short) encoding).putInt(offset);
    }

    private static List<Run> runs(List<Integer> codePoints) {
        var runs = new ArrayList<Run>();
        for (int i = 0; i < codePoints.size(); i++) {
            int codePoint = codePoints.get(i);
            var last = runs.isEmpty() ? null : runs.getLast();
            // A run does not cross into the supplementary planes: format 4 takes whole runs.
            if (last != null && last.last + 1 == codePoint && codePoint != 0x10000) {
                runs.set(runs.size() - 1, new Run(last.first, codePoint, last.glyph));
            } else {
                runs.add(new Run(codePoint, codePoint, i + 1));
            }
        }
        return runs;
    }

    private static ByteBuffer basic(List<Run> runs) {
        int segments = runs.size() + 1; // closed by FFFF
        int length = 16 + 8 * segments;
        int power = Integer.highestOneBit(segments);
        var out = ByteBuffer.allocate(length);
        out.putShort((short) 4).putShort((short) length).putShort((short) 0).putShort((short) (2 * segments));
        out.putShort((short) (2 * power)).putShort((short) Integer.numberOfTrailingZeros(power));
        out.putShort((short) (2 * (segments - power)));
        runs.forEach(run -> out.putShort((short) run.last));
        out.putShort((short) 0xFFFF).putShort((short) 0);
        runs.forEach(run -> out.putShort((short) run.first));
        out.putShort((short) 0xFFFF);
        runs.forEach(run -> out.putShort((short) (run.glyph - run.first)));
        return out.putShort((short) 1); // idRangeOffset stays zero
    }

    private static ByteBuffer full(List<Run> runs) {
        var out = ByteBuffer.allocate(16 + 12 * runs.size());
        out.putShort((short) 12)
                .putShort((short) 0)
                .putInt(out.capacity())
                .putInt(0)
                .putInt(runs.size());
        runs.forEach(run -> out.putInt(run.first).putInt(run.last).putInt(run.glyph));
        return out;
    }
}
