package org.yinzheng.signing.ofd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.seal.StampMaker;
import org.yinzheng.signing.seal.StampOrder;
import org.yinzheng.signing.time.TimestampSource;

/// Stamps an OFD with a GB/T 38540 seal (GB/T 33190 §18). The stamp covers every file of the package, the
/// seal's copy and earlier stamps included. Whether it covers the list of signatures too decides whether
/// another stamp may follow: see `docs/decisions/0004-one-stamp-closes-an-ofd.md`. Files that were there stay
/// as they were, but for OFD.xml at the first stamp and the list at each.
public final class OfdStamper {
    private final StampMaker maker;

    /// Without a timestamp authority: only [org.yinzheng.signing.stamping.Level#B] can be reached.
    public OfdStamper() {
        this(Optional.empty());
    }

    public OfdStamper(Optional<TimestampSource> timestamps) {
        this.maker = new StampMaker(timestamps);
    }

    /// @throws InvalidInput `ofd-package`, `ofd-unreadable`, `ofd-encrypted`, `ofd-limits`, `xml` when `ofd` is no OFD
    /// of
    /// one document, or none that can be read; `ofd-closed`,
    /// `ofd-signatures` when it bears signatures that allow no other; `place`, `place-not-found`,
    /// `seal-page`, `seal-area`; `hidden-content`; and what [StampMaker#stamp] refuses
    /// @throws org.yinzheng.signing.Failure.NotDone when a timestamp is required and there is none
    public OfdStamped stamp(DocumentBytes ofd, OfdStamp stamp) {
        var original = ZipReader.read(ofd);
        if (original.strays > 0) {
            throw OfdPackage.broken("the ZIP holds bytes that belong to no file");
        }
        var document = new Stampable(original);
        var digests = new Digests(original);
        var earlier = EarlierStamps.of(document, digests);
        var placement = new SealPlacement(document, stamp.seal().picture());
        stamp.places().forEach(placement::add);
        var marks = placement.marks();
        var warnings = new ArrayList<>(ContentGuard.check(document, stamp.accepted()));
        warnings.addAll(placement.coveredText());

        var signs = document.folder.isEmpty() ? "Signs" : document.folder + "/Signs";
        var list = document.list.orElse(signs + "/Signatures.xml");
        var folder = EarlierStamps.freeFolder(document, signs);
        var path = folder + "/Signature.xml";
        var id = "s%03d".formatted(earlier.highest() + 1);

        // The entry names the list before it is digested: it is written once and never touched again.
        var parts = new ArrayList<Part>();
        for (var part : original.parts()) {
            if (part.name.equals(list)) {
                parts.add(Part.of(list, SignatureXml.listWith(content(part), id, path)));
            } else if (part.name.equals(OfdPackage.ENTRY) && document.list.isEmpty()) {
                parts.add(Part.of(part.name, SignatureXml.entryWithList(content(part), list)));
            } else {
                parts.add(part);
            }
        }
        if (document.list.isEmpty()) {
            parts.add(Part.of(list, SignatureXml.newList(id, path)));
        }
        parts.add(Part.of(folder + "/Seal.esl", stamp.seal().der().toByteArray()));

        var files = new LinkedHashMap<String, byte[]>();
        for (var part : parts) {
            if (stamp.closes() || !part.name.equals(list)) {
                boolean kept = original.part(part.name) == part;
                files.put(
                        part.name, kept ? digests.of("SM3", part.name).orElseThrow() : Cryptography.sm3(content(part)));
            }
        }
        var description = SignatureXml.description(files, folder, marks, stamp.at());
        var made = maker.stamp(new StampOrder(
                stamp.seal(),
                stamp.signer(),
                stamp.at(),
                DocumentBytes.owning(Cryptography.sm3(description)),
                "/" + path,
                stamp.level(),
                stamp.shortfall()));
        parts.add(Part.of(path, description));
        parts.add(Part.of(folder + "/SignedValue.dat", made.der().toByteArray()));
        return new OfdStamped(
                ZipWriter.write(OfdPackage.of(parts).parts(), stamp.at()),
                made.reached(),
                marks.stream().map(SealMark::placed).toList(),
                warnings);
    }

    private static byte[] content(Part part) {
        return part.content().orElseThrow(() -> OfdPackage.broken("a file cannot be unpacked"));
    }
}
