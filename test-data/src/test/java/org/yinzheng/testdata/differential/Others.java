package org.yinzheng.testdata.differential;

import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.testdata.corpus.Specimen;

/// Who else is asked about a document of which format, and what of our report is compared with the answer.
final class Others {
    private final EuDss euDss;
    private final Ofdrw ofdrw = new Ofdrw();
    private final XmlSec xmlSec;
    private final OpenSslCms openSsl;
    private final Nimbus nimbus = new Nimbus();

    Others(Trust trust, Tool tool) {
        euDss = new EuDss(trust);
        xmlSec = new XmlSec(tool);
        openSsl = new OpenSslCms(tool);
    }

    /// @param ours an indication, or an integrity where the other one says nothing of trust
    /// @param ofMathematics which of the two it is
    record Compared(Report report, String ours, String theirs, boolean ofMathematics) {
        boolean agree() {
            return switch (theirs) {
                case "RIGHT" -> ours.equals(Integrity.INTACT.name());
                case "WRONG" -> ours.equals(Integrity.MODIFIED.name());
                default -> ours.equals(theirs) || ours.equals("TOTAL-" + theirs);
            };
        }

        Optional<String> explanation(DocumentBytes document) {
            return ofMathematics ? MathematicsExplanation.of(this, document) : Explanation.of(this, document);
        }

        @Override
        public String toString() {
            return "ours " + ours + " " + report.reasons() + ", theirs " + theirs;
        }
    }

    Compared compare(Specimen specimen, DocumentBytes document, Report report) {
        return switch (specimen.format()) {
            case "PDF" -> verdict(report, euDss.verdict(document, specimen.at()));
            case "OFD" -> verdict(report, ofdrw.verdict(document));
            case "XML" -> mathematics(report, ofFirst(report), xmlSec.mathematics(specimen, document));
            case "CMS" -> mathematics(report, report.integrity(), openSsl.mathematics(specimen, document));
            case "JWS" -> mathematics(report, report.integrity(), nimbus.mathematics(specimen, document));
            default -> throw new IllegalStateException("nobody else reads " + specimen.format());
        };
    }

    private static Compared verdict(Report report, String theirs) {
        return new Compared(report, report.indication().wireName(), theirs, false);
    }

    private static Compared mathematics(Report report, Integrity ours, String theirs) {
        return new Compared(report, ours.name(), theirs, true);
    }

    private static Integrity ofFirst(Report report) {
        return report instanceof Report.Judged judged && !judged.signatures().isEmpty()
                ? judged.signatures().getFirst().integrity()
                : report.integrity();
    }
}
