package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DetachedVerifier;
import org.yinzheng.signing.verification.WatchedVerifier;

/// A signature and the file that it is over, in either order: which is which, their content tells.
final class DetachedFiles {
    private final DetachedVerifier verifier;
    private final Instant at;

    DetachedFiles(Trust trust, Instant at) {
        verifier = new DetachedVerifier(trust);
        this.at = at;
    }

    /// @param file the signature, when it could be told
    record Answer(Path file, Report report) {}

    Answer judge(Path one, Path other) {
        var report = judgeInOrder(one, other);
        if (!(report instanceof Report.Malformed)) {
            return new Answer(one, report);
        }
        var swapped = judgeInOrder(other, one);
        return swapped instanceof Report.Malformed ? new Answer(one, report) : new Answer(other, swapped);
    }

    private Report judgeInOrder(Path signature, Path original) {
        try {
            if (Math.max(Files.size(signature), Files.size(original)) > ParallelVerdicts.LARGEST) {
                return ParallelVerdicts.tooLarge();
            }
            var content = DocumentBytes.owning(Files.readAllBytes(original));
            var name = original.getFileName().toString();
            return new WatchedVerifier((bytes, time) -> verifier.verify(bytes, content, name, time))
                    .verify(DocumentBytes.owning(Files.readAllBytes(signature)), at);
        } catch (IOException e) {
            return ParallelVerdicts.unreadable(e);
        }
    }
}
