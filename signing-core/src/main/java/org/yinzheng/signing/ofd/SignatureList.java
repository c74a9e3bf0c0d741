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
import org.yinzheng.signing.verdict.Integrity;

/// The signatures of a package: those that the lists name, and those that lie in the package although no list names
/// them any more. Taking a signature off the list must not make a document look unsigned.
///
/// @param files the lists themselves
/// @param checks what is wrong with the lists; empty when nothing is
record SignatureList(List<Entry> entries, Set<String> files, List<Check> checks) {
    private static final String CLAUSE = "GB/T 33190 §18.1";
    private static final byte DER_SEQUENCE = 0x30;
    private static final int MOST = 1_000;
    private static final int LARGEST_VALUE = 8 << 20;

    /// The default of a list that is silent.
    static final String SEAL = "Seal";

    static final String SIGN = "Sign";

    /// @param type [#SEAL], [#SIGN], or what else the list says
    /// @param path of Signature.xml
    /// @param base the identifier of the signature that this one builds on
    /// @param document the path of the document whose list names it; empty when none does
    record Entry(String id, String type, String path, Optional<String> base, String document) {
        static Entry unlisted(String type, String path) {
            return new Entry("unlisted", type, path, Optional.empty(), "");
        }
    }

    /// The path of a document, as its signatures are told apart by.
    static String root(String location, OfdPackage ofd) {
        return OfdPackage.resolve("", location).flatMap(ofd::name).orElse("");
    }

    static SignatureList find(OfdPackage ofd) {
        var found = new Search(ofd);
        found.readEntry();
        return new SignatureList(List.copyOf(found.entries), Set.copyOf(found.files), List.copyOf(found.checks));
    }

    /// Whether the signatures that others build on are there and right.
    ///
    /// @param judged in the order of the entries
    List<Check> bases(List<SignatureJudge.Judged> judged) {
        var checks = new ArrayList<Check>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).base().isPresent()) {
                checks.add(base(i, entries.get(i).base().get(), judged));
            }
        }
        return checks;
    }

    private Check base(int index, String id, List<SignatureJudge.Judged> judged) {
        var step = "base-signature";
        var clause = "GM/T 0099 (Relative)";
        for (int i = 0; i < entries.size(); i++) {
            if (i != index && entries.get(i).id().equals(id)) {
                return judged.get(i).report().integrity() == Integrity.INTACT
                        ? Check.passed(step, "signature " + id + " is intact", clause)
                        : Check.failed(step, "signature " + id + " is not intact", clause, Flaw.SIGNATURE_LIST_INVALID);
            }
        }
        return Check.failed(step, "signature " + id + " is not there", clause, Flaw.SIGNATURE_LIST_INVALID);
    }

    /// Signatures of files of the package that no list names. They are judged like the others.
    ///
    /// @param own what the listed signatures consist of; it is not looked into. What they protect is: a later
    /// stamp covers an earlier one that somebody struck off the list
    List<Entry> unlisted(OfdPackage ofd, Set<String> own) {
        var listed = new HashSet<String>();
        entries.forEach(entry -> listed.add(entry.path()));
        var unlisted = new ArrayList<Entry>();
        for (var part : ofd.parts()) {
            if (own.contains(part.name) || part.size > LARGEST_VALUE) {
                continue;
            }
            var beginning = part.beginning(XmlTree.PROLOG);
            if (beginning.length > 0 && beginning[0] == DER_SEQUENCE) {
                stampedFile(part)
                        .flatMap(ofd::name)
                        .filter(listed::add)
                        .ifPresent(path -> unlisted.add(Entry.unlisted(SEAL, path)));
            } else if (isNamedLikeADescription(part.name)
                    && XmlTree.looksLikeXml(beginning)
                    && describesPlainSignature(part, ofd)
                    && listed.add(part.name)) {
                unlisted.add(Entry.unlisted(SIGN, part.name));
            }
        }
        return unlisted;
    }

    private static Optional<String> stampedFile(Part part) {
        try {
            return part.content()
                    .flatMap(content -> OfdPackage.resolve(
                            "", Stamp.parse(DocumentBytes.of(content)).propertyInfo()));
        } catch (InvalidInput e) {
            return Optional.empty(); // a seal, a font, a picture: no stamp
        }
    }

    private static boolean isNamedLikeADescription(String name) {
        return name.endsWith("Signature.xml");
    }

    private static boolean describesPlainSignature(Part part, OfdPackage ofd) {
        try {
            return part.content()
                    .map(content -> Description.parse(content, part.name, ofd))
                    .flatMap(description -> Optional.ofNullable(ofd.part(description.value())))
                    .filter(value -> SignedDataJudge.looksLikeOne(value.beginning(XmlTree.PROLOG)))
                    .isPresent();
        } catch (InvalidInput e) {
            return false; // no signature could be judged by it
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
        private final Set<String> paths = new HashSet<>();
        private String document = "";

        Search(OfdPackage ofd) {
            this.ofd = ofd;
        }

        void readEntry() {
            try {
                var entry = XmlTree.parse(ofd.content(OfdPackage.ENTRY)
                        .orElseThrow(() -> OfdPackage.broken("OFD.xml cannot be unpacked")));
                var bodies = entry.all("DocBody").toList();
                if (bodies.isEmpty()) {
                    throw XmlTree.broken("names no document");
                }
                for (var body : bodies) {
                    document = body.all("DocRoot")
                            .findFirst()
                            .map(root -> root(root.text(), ofd))
                            .orElse("");
                    for (var location : body.all("Signatures").toList()) {
                        readList(location.text());
                    }
                }
            } catch (InvalidInput e) {
                refused("OFD.xml", e);
            }
        }

        private void readList(String location) {
            if (location.isEmpty()) {
                return; // some writers leave the element behind in a document without signatures
            }
            var path = OfdPackage.resolve("", location).flatMap(ofd::name).orElse("");
            var content = ofd.content(path);
            if (content.isEmpty()) {
                checks.add(flaw("the list of signatures that OFD.xml names is not there"));
                return;
            }
            if (!files.add(path)) {
                checks.add(flaw("two documents share one list of signatures"));
                return;
            }
            try {
                var root = XmlTree.parse(content.get());
                if (!root.name.equals("Signatures")) {
                    throw XmlTree.broken("is no list of signatures");
                }
                ids.clear(); // they are unique in their list
                for (var signature : root.all("Signature").toList()) {
                    readSignature(signature, OfdPackage.folder(path));
                }
            } catch (InvalidInput e) {
                refused("the list of signatures", e);
            }
        }

        private void readSignature(XmlTree signature, String folder) {
            var id = signature.attribute("ID").orElse("").strip();
            var location = signature.attribute("BaseLoc").orElse("").strip();
            if (!ids.add(id)) {
                checks.add(flaw("two signatures have one identifier"));
            }
            // relative to the list; or, from writers that leave the first slash out, to the root
            var path = OfdPackage.resolve(folder, location).flatMap(ofd::name).or(() -> OfdPackage.resolve("", location)
                    .flatMap(ofd::name));
            if (path.isEmpty()) {
                checks.add(flaw("signature " + id + " is listed and its description is not there"));
                return;
            }
            if (!paths.add(path.get())) {
                checks.add(flaw("one signature is listed twice"));
                return;
            }
            if (entries.size() == MOST) {
                throw OfdPackage.beyond("there are more than " + MOST + " signatures");
            }
            entries.add(new Entry(
                    id,
                    signature
                            .attribute("Type")
                            .map(String::strip)
                            .filter(type -> !type.isEmpty())
                            .orElse(SEAL),
                    path.get(),
                    signature.attribute("Relative").map(String::strip).filter(base -> !base.isEmpty()),
                    document));
        }

        private void refused(String file, InvalidInput e) {
            if (e.code().equals(OfdPackage.LIMITS)) {
                throw e;
            }
            checks.add(flaw(file + ": " + e.getMessage()));
        }
    }
}
