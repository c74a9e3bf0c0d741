package org.yinzheng.registry.stamping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.issuance.SelfCheck;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.Refusal;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.ofd.OfdStamp;
import org.yinzheng.signing.ofd.OfdStamper;
import org.yinzheng.signing.pdf.PdfStamp;
import org.yinzheng.signing.pdf.PdfStamped;
import org.yinzheng.signing.pdf.PdfStamper;
import org.yinzheng.signing.seal.SealPicture;
import org.yinzheng.signing.seal.StampMaker;
import org.yinzheng.signing.seal.StampOrder;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.xml.XmlStamp;
import org.yinzheng.signing.xml.XmlStamper;

/// Stamps one document, whatever its format, and checks what came out. Knows nothing of who may.
public final class StampPress {
    /// Larger ones are not read by our verifier, which works in memory.
    private static final long LARGEST_CHECKED = 32L << 20;
    /// OFD and XML are stamped in memory.
    private static final long LARGEST_IN_MEMORY = 64L << 20;

    private static final int HEAD = 1024;

    private final SealSigners signers;
    private final PdfStamper pdf;
    private final OfdStamper ofd;
    private final XmlStamper xml;
    private final StampMaker values;
    private final SelfCheck selfCheck;
    private final Clock clock;

    /// @param timestamps absent where no timestamp authority is known: only level B is reached then
    public StampPress(
            SealSigners signers,
            Optional<TimestampSource> timestamps,
            Evidence evidence,
            SelfCheck selfCheck,
            Clock clock) {
        this.signers = signers;
        this.pdf = new PdfStamper(timestamps, evidence);
        this.ofd = new OfdStamper(timestamps);
        this.xml = new XmlStamper(timestamps);
        this.values = new StampMaker(timestamps);
        this.selfCheck = selfCheck;
        this.clock = clock;
    }

    /// @param checked whether our own verifier passed it
    record Made(String extension, Level level, boolean checked, List<Placed> placed, List<Warning> warnings) {}

    /// Why a stamp with this seal would not be believed now.
    Optional<Refusal> refuse(SealRecord seal) {
        return seal.current().flatMap(signers::refuse);
    }

    /// By the document's first bytes.
    ///
    /// @throws InvalidInput `stamp-format`
    static DocumentKind kind(StampRequest.Document document) {
        if (document.file().isEmpty()) {
            return DocumentKind.DIGEST;
        }
        try (var in = Files.newInputStream(document.file().get())) {
            var head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            if (head.contains("%PDF-")) {
                return DocumentKind.PDF;
            }
            if (head.startsWith("PK")) {
                return DocumentKind.OFD;
            }
            if (head.replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading().startsWith("<")) {
                return DocumentKind.XML;
            }
            throw new InvalidInput("stamp-format", "file", "is a PDF, an OFD or an XML document");
        } catch (IOException e) {
            throw new Failure.NotDone("a document could not be read", e);
        }
    }

    /// @param use names the signature in the document, so that the log of uses and the document find each other
    /// @param output a file that is not there yet
    /// @throws InvalidInput what the stampers refuse
    /// @throws Failure.NotDone the token, or a timestamp authority that is required, is away
    Made stamp(
            SealRecord seal, StampRequest.Document document, UUID use, StampOptions options, Path output, Instant at) {
        var made =
                switch (kind(document)) {
                    case PDF -> pdf(seal, document.file().orElseThrow(), use, options, output, at);
                    case OFD -> ofd(seal, document, options, output, at);
                    case XML -> xml(seal, document, options, output, at);
                    case DIGEST -> value(seal, document, options, output, at);
                    case LICENCE -> throw new IllegalStateException("licences are issued");
                };
        return new Made(made.extension(), made.level(), isChecked(made, output, at), made.placed(), made.warnings());
    }

    private Made pdf(SealRecord seal, Path file, UUID use, StampOptions options, Path output, Instant at) {
        var changes =
                switch (options.allowedChanges()) {
                    case UNSAID -> PdfStamp.Certification.NONE;
                    case NONE -> PdfStamp.Certification.P1;
                    case FORMS -> PdfStamp.Certification.P2;
                    case FORMS_AND_ANNOTATIONS -> PdfStamp.Certification.P3;
                };
        var field = "seal-" + use;
        return switch (options.signatures()) {
            case RSA ->
                made(pdf.stamp(
                        file,
                        output,
                        visible(seal, field, Suite.RSA_SHA256, options, at).certifying(changes)));
            case SM2 ->
                made(pdf.stamp(
                        file,
                        output,
                        visible(seal, field, Suite.SM2_SM3, options, at).certifying(changes)));
            case SES -> {
                var form = new PdfStamp.Form.Ses(seal.current().orElseThrow().seal());
                yield made(pdf.stamp(
                        file,
                        output,
                        visible(seal, field, Suite.SM2_SM3, options, at)
                                .as(form)
                                .certifying(changes)));
            }
            case BOTH -> {
                if (changes == PdfStamp.Certification.P1) {
                    throw new InvalidInput(
                            "stamp-options", "allowedChanges", "two signatures need a first one that allows a second");
                }
                // Readers that know no SM2 then show a last signature that covers the whole document. The SM2 signature
                // takes no timestamp of its own: it lies under the other's, and an SM3 token anywhere in a PDF keeps
                // EU DSS from judging any of its signatures.
                var unseen = PdfStamp.baseline(field + "-sm2", signer(seal, Suite.SM2_SM3), at, "")
                        .accepting(options.accepted().toArray(Warning.Kind[]::new))
                        .certifying(changes);
                pdf.stamp(file, output, unseen);
                yield made(pdf.stamp(output, output, visible(seal, field, Suite.RSA_SHA256, options, at)));
            }
        };
    }

    private PdfStamp visible(SealRecord seal, String field, Suite suite, StampOptions options, Instant at) {
        var stamp = PdfStamp.baseline(field, signer(seal, suite), at, "")
                .reaching(options.level(), options.shortfall())
                .accepting(options.accepted().toArray(Warning.Kind[]::new));
        return options.places().isEmpty()
                ? stamp
                : stamp.showing(picture(seal), options.places().toArray(org.yinzheng.signing.stamping.Place[]::new));
    }

    private static Made made(PdfStamped stamped) {
        return new Made("pdf", stamped.reached(), false, stamped.placed(), stamped.warnings());
    }

    private Made ofd(SealRecord seal, StampRequest.Document document, StampOptions options, Path output, Instant at) {
        var stamped = ofd.stamp(
                inMemory(document),
                new OfdStamp(
                        seal.current().orElseThrow().seal(),
                        signer(seal, Suite.SM2_SM3),
                        at,
                        options.places(),
                        options.closes(),
                        options.level(),
                        options.shortfall(),
                        options.accepted()));
        write(output, stamped.document());
        return new Made("ofd", stamped.reached(), false, stamped.placed(), stamped.warnings());
    }

    private Made xml(SealRecord seal, StampRequest.Document document, StampOptions options, Path output, Instant at) {
        if (!options.places().isEmpty()) {
            throw new InvalidInput("place", "at", "an XML document has no places");
        }
        var suites =
                switch (options.signatures()) {
                    case RSA -> List.of(Suite.RSA_SHA256);
                    case SM2 -> List.of(Suite.SM2_SM3);
                    case BOTH -> List.of(Suite.SM2_SM3, Suite.RSA_SHA256);
                    case SES -> throw new InvalidInput("stamp-options", "signatures", "ses is for PDF documents");
                };
        var bytes = inMemory(document);
        var level = options.level();
        var warnings = new ArrayList<Warning>();
        for (var suite : suites) {
            var stamped = xml.stamp(
                    bytes,
                    new XmlStamp(signer(seal, suite), at, options.level(), options.shortfall(), options.accepted()));
            bytes = stamped.document();
            level = stamped.reached().compareTo(level) < 0 ? stamped.reached() : level;
            stamped.warnings().stream().filter(one -> !warnings.contains(one)).forEach(warnings::add);
        }
        write(output, bytes);
        return new Made("xml", level, false, List.of(), warnings);
    }

    private Made value(SealRecord seal, StampRequest.Document document, StampOptions options, Path output, Instant at) {
        if (options.signatures() != StampOptions.Signatures.SES
                || !options.places().isEmpty()) {
            throw new InvalidInput(
                    "stamp-options", "signatures", "a digest takes a GB/T 38540 value: ses, and no place");
        }
        var made = values.stamp(new StampOrder(
                seal.current().orElseThrow().seal(),
                signer(seal, Suite.SM2_SM3),
                at,
                DocumentBytes.owning(
                        HexFormat.of().parseHex(document.digests().sm3().hex())),
                "detached",
                options.level(),
                options.shortfall()));
        write(output, made.der());
        return new Made("ses", made.reached(), false, List.of(), List.of());
    }

    private Signer signer(SealRecord seal, Suite suite) {
        return signers.signer(seal.current().orElseThrow(), suite);
    }

    /// What a seal shows is what its maker signed.
    private static SealPicture picture(SealRecord seal) {
        return seal.picture();
    }

    /// @throws IllegalStateException when our own verifier does not pass what we made: keys or code are wrong
    private boolean isChecked(Made made, Path output, Instant at) {
        if (made.extension().equals("ses") || output.toFile().length() > LARGEST_CHECKED) {
            return false;
        }
        var report = selfCheck.verify(read(output), clock.instant());
        var ours = report instanceof Report.Judged judged
                ? judged.signatures().stream()
                        .filter(signature ->
                                signature.claimedTime().filter(at::equals).isPresent())
                        .toList()
                : List.<org.yinzheng.signing.verdict.SignatureReport>of();
        if (ours.isEmpty() || !ours.stream().allMatch(one -> one.indication() == Indication.TOTAL_PASSED)) {
            throw new IllegalStateException("a stamp that was just made does not pass: " + report.indication());
        }
        return true;
    }

    private static DocumentBytes inMemory(StampRequest.Document document) {
        if (document.size() > LARGEST_IN_MEMORY) {
            throw new InvalidInput("document-size", "file", "an OFD or XML document has at most 64 MiB");
        }
        return read(document.file().orElseThrow());
    }

    private static DocumentBytes read(Path file) {
        try {
            return DocumentBytes.owning(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new Failure.NotDone("a document could not be read", e);
        }
    }

    private static void write(Path file, DocumentBytes document) {
        try {
            Files.write(file, document.toByteArray());
        } catch (IOException e) {
            throw new Failure.NotDone("a stamped document could not be written: is the disk full?", e);
        }
    }
}
