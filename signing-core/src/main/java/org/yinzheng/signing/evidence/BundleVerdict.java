package org.yinzheng.signing.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Report;

/// What judging a bundle again established.
public sealed interface BundleVerdict {
    /// Files that are not what the manifest says. Nothing in the bundle was judged.
    record Altered(List<String> files) implements BundleVerdict {
        public Altered {
            files = List.copyOf(files);
        }
    }

    /// @param provenTime when the bundle is known to have existed as it is, by a timestamp that is believed today; the
    /// document was judged for that time, or for now when there is none
    /// @param timestamp what was found out about that timestamp; empty when there is none
    /// @param receipt the same of the receipt; what is wrong with it says nothing about the document
    record Judged(Report report, Optional<Instant> provenTime, List<Check> timestamp, List<Check> receipt)
            implements BundleVerdict {
        public Judged {
            timestamp = List.copyOf(timestamp);
            receipt = List.copyOf(receipt);
        }
    }
}
