package org.yinzheng.signing.ofd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// What a Signature.xml (GB/T 33190 §18.2) says it protects. The order of its elements varies among real files and
/// is not looked at.
///
/// @param provider as the file gives it, or empty
/// @param checkMethod the digest algorithm's name or identifier; empty when the file is silent
/// @param references in the file's order; a file named twice is held to both digests
/// @param seal the path of the seal's copy, when there is one
/// @param value the path of the signature value
/// @param time SignatureDateTime, when it can be read
/// @param places where its seal is drawn
record Description(
        String provider,
        Optional<String> checkMethod,
        List<Reference> references,
        Optional<String> seal,
        String value,
        Optional<Instant> time,
        List<Place> places) {
    /// Refers to nothing at all.
    static final String EMPTY = "ofd-references";
    /// Names no signature value.
    static final String NO_VALUE = "ofd-value";

    private static final int MOST_PLACES = 20_000;

    record Reference(String path, DocumentBytes digest) {}

    /// A StampAnnot (§18.2.3).
    ///
    /// @param page the identifier of the page
    /// @param boundary as written: `x y width height` in millimetres
    record Place(String page, String boundary) {}

    /// @throws InvalidInput `xml`; [#EMPTY], [#NO_VALUE]; [OfdPackage#TAMPERED] when it refers to what lies outside
    static Description parse(byte[] xml, String path, OfdPackage ofd) {
        var root = XmlTree.parse(xml);
        if (!root.name.equals("Signature")) {
            throw XmlTree.broken("does not describe a signature");
        }
        var folder = OfdPackage.folder(path);
        var info = root.required("SignedInfo");
        var references = info.one("References").orElseThrow(() -> new InvalidInput(EMPTY, "", "refers to no file"));
        return new Description(
                info.one("Provider")
                        .flatMap(one -> one.attribute("ProviderName"))
                        .orElse(""),
                references.attribute("CheckMethod").map(String::strip).filter(method -> !method.isEmpty()),
                references(references, folder, ofd),
                info.one("Seal")
                        .map(seal -> inside(folder, seal.required("BaseLoc").text(), ofd)),
                root.one("SignedValue")
                        .map(value -> inside(folder, value.text(), ofd))
                        .orElseThrow(() -> new InvalidInput(NO_VALUE, "", "names no signature value")),
                info.one("SignatureDateTime").flatMap(time -> SignatureTime.read(time.text())),
                places(info));
    }

    /// The names, as they stand in the package, of the files whose digests it holds.
    Set<String> covered() {
        var covered = new TreeSet<String>();
        references.forEach(reference -> covered.add(reference.path()));
        return covered;
    }

    private static List<Reference> references(XmlTree references, String folder, OfdPackage ofd) {
        var found = new ArrayList<Reference>();
        for (var reference : references.all("Reference").toList()) {
            var file = reference.attribute("FileRef").orElseThrow(() -> XmlTree.broken("refers to no file"));
            found.add(new Reference(inside(folder, file.strip(), ofd), digest(reference)));
        }
        if (found.isEmpty()) {
            throw new InvalidInput(EMPTY, "", "refers to no file");
        }
        return List.copyOf(found);
    }

    private static DocumentBytes digest(XmlTree reference) {
        var text = reference.required("CheckValue").text().replaceAll("\\s", "");
        try {
            return DocumentBytes.owning(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw XmlTree.broken("has a digest that is no Base64");
        }
    }

    private static List<Place> places(XmlTree info) {
        var places = info.all("StampAnnot")
                .map(place -> new Place(
                        place.attribute("PageRef").orElse("").strip(),
                        place.attribute("Boundary").orElse("")))
                .toList();
        if (places.size() > MOST_PLACES) {
            throw OfdPackage.beyond("a seal is drawn at more than " + MOST_PLACES + " places");
        }
        return places;
    }

    /// Absolute, as the standard wants it; or relative to the file; or, from writers that leave the first slash out, to
    /// the root.
    private static String inside(String folder, String location, OfdPackage ofd) {
        var path = OfdPackage.resolve(folder, location)
                .orElseThrow(() -> OfdPackage.broken("a signature refers to what lies outside the package"));
        return ofd.name(path)
                .or(() -> OfdPackage.resolve("", location).flatMap(ofd::name))
                .orElse(path);
    }
}
