package org.yinzheng.signing.ofd;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.Stamp;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;

/// The signatures of a package: those that the lists name, and stamps that lie in the package although no list
/// names them any more. Taking a signature off the list must not make a document look unsigned.
///
/// @param files the lists themselves
/// @param checks what is wrong with the lists; empty when nothing is
record SignatureList(List<Entry> entries, Set<String> files, List<Check> checks) {
    private static final String CLAUSE = "GB/T 33190 §18.1";
    private static final byte DER_SEQUENCE = 0x30;

    /// @param path of Signature.xml
    record Entry(String id, String type, String path) {}

    static SignatureList find(OfdPackage ofd) {
        var found = new Search(ofd);
        found.readEntry();
        return new SignatureList(List.copyOf(found.entries), Set.copyOf(found.files), List.copyOf(found.checks));
    }

    /// Stamps over a file of the package that no list names. They are judged like the others.
    ///
    /// @param own what the listed signatures consist of; it is not looked into. What they protect is: a later
    /// stamp covers an earlier one that somebody struck off the list
    List<Entry> unlisted(OfdPackage ofd, Set<String> own) {
        var unlisted = new ArrayList<Entry>();
        for (var part : ofd.parts()) {
            var content = part.content().orElse(new byte[0]);
            if (content.length == 0 || content[0] != DER_SEQUENCE || own.contains(part.name)) {
                continue;
            }
            stampedFile(content)
                    .filter(ofd::has)
                    .filter(path ->
                            entries.stream().noneMatch(entry -> entry.path().equals(path)))
                    .ifPresent(path -> unlisted.add(new Entry("unlisted", "Seal", path)));
        }
        return unlisted;
    }

    private static Optional<String> stampedFile(byte[] content) {
        try {
            return OfdPackage.resolve("", Stamp.parse(DocumentBytes.of(content)).propertyInfo());
        } catch (InvalidInput e) {
            return Optional.empty(); // a seal, a font, a picture: no stamp
        }
    }

    static Check flaw(String found) {
        return Check.failed("signature-list", found, CLAUSE, Flaw.SIGNATURE_LIST_INVALID);
    }

    private static final class Search {
        private final OfdPackage ofd;
        private final List<Entry> entries = new ArrayList<>();
        private final Set<String> files = new TreeSet<>();
        private final List<Check> checks = new ArrayList<>();
        private final Set<String> ids = new HashSet<>();

        Search(OfdPackage ofd) {
            this.ofd = ofd;
        }

        void readEntry() {
            try {
                var root = XmlTree.parse(ofd.content(OfdPackage.ENTRY)
                        .orElseThrow(() -> OfdPackage.broken("OFD.xml cannot be unpacked")));
                var bodies = root.all("DocBody").toList();
                if (bodies.isEmpty()) {
                    throw XmlTree.broken("names no document");
                }
                for (var body : bodies) {
                    for (var location : body.all("Signatures").toList()) {
                        readList(location.text());
                    }
                }
            } catch (InvalidInput e) {
                checks.add(flaw("OFD.xml: " + e.getMessage()));
            }
        }

        private void readList(String location) {
            var path = OfdPackage.resolve("", location).orElse("");
            var content = ofd.content(path);
            if (content.isEmpty()) {
                checks.add(flaw("the list of signatures that OFD.xml names is not there"));
                return;
            }
            files.add(path);
            try {
                for (var signature :
                        XmlTree.parse(content.get()).all("Signature").toList()) {
                    readSignature(signature, OfdPackage.folder(path));
                }
            } catch (InvalidInput e) {
                checks.add(flaw("the list of signatures: " + e.getMessage()));
            }
        }

        private void readSignature(XmlTree signature, String folder) {
            var id = signature.attribute("ID").orElse("");
            var location = signature.attribute("BaseLoc").orElse("");
            if (!ids.add(id)) {
                checks.add(flaw("two signatures have one identifier"));
            }
            var path = OfdPackage.resolve(folder, location).filter(ofd::has);
            if (path.isEmpty()) {
                checks.add(flaw("signature " + id + " is listed and its description is not there"));
                return;
            }
            entries.add(new Entry(id, signature.attribute("Type").orElse("Seal"), path.get()));
        }
    }
}
