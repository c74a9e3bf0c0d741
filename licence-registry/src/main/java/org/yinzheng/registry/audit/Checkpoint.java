package org.yinzheng.registry.audit;

import java.util.Base64;
import java.util.HexFormat;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// What is signed of a tree (C2SP tlog-checkpoint): whose it is, how many leaves it has, and its root.
///
/// @param origin the log's name, a URL without scheme such as `audit.example.cn/yinzheng`
public record Checkpoint(String origin, long size, Digest root) {
    public Checkpoint {
        Note.checkedName(origin);
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no less than no leaves");
        }
    }

    /// The text of the note.
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
    }

    /// @throws InvalidInput `checkpoint`
    public static Checkpoint parse(String text) {
        var lines = text.split("\n", -1);
        if (lines.length < 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw wrong();
        }
        try {
            var root = Base64.getDecoder().decode(lines[2]);
            var checkpoint = new Checkpoint(
                    lines[0],
                    Long.parseLong(lines[1]),
                    new Digest(HexFormat.of().formatHex(root)));
            if (text.startsWith(checkpoint.text())) { // extension lines may follow, and are not used
                return checkpoint;
            }
        } catch (IllegalArgumentException e) {
            // falls through: one message for every way of being no checkpoint
        }
        throw wrong();
    }

    private static InvalidInput wrong() {
        return new InvalidInput("checkpoint", "", "a checkpoint is origin, size and root, a line each");
    }
}
