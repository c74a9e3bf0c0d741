package org.yinzheng.signing.ofd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The files that showing a document needs: OFD.xml, and every file that the text or an attribute of a needed XML
/// file names. That is more than the standard's own list of pointers (pages, templates, resources, annotations,
/// attachments, tags, versions …) and so misses none that some reader follows and we have not heard of. A package of
/// several documents (DocBody, §7.4) has one closure for each beside that of all: what another holds is outside of it,
/// unless it is named.
final class Closure {
    private static final int MOST_DOCUMENTS = 100;
    private static final int ALL = -1;
    private static final int LONGEST_PATH = 500;

    private final OfdPackage ofd;
    private final Deadline deadline;
    private final Set<String> needed = new TreeSet<>();
    private final Set<String> withDocumentType = new TreeSet<>();
    private final Deque<String> unread = new ArrayDeque<>();
    private final Set<String> documentFolders = new HashSet<>();
    /// The last segments of all paths: nearly every text of a page is told apart from a path by them.
    private final Set<String> fileNames = new HashSet<>();

    /// The DocBody that is followed, by its place; [#ALL] when none is left out.
    private final int only;

    private int bodies;
    private String root = "";

    private Closure(OfdPackage ofd, Deadline deadline, int only) {
        this.ofd = ofd;
        this.deadline = deadline;
        this.only = only;
        ofd.parts().forEach(part -> fileNames.add(fileName(part.name)));
    }

    /// @param withDocumentType those that may take content from elsewhere; their own text was not followed
    /// @param documents the same for each document, by the path of its root, when there are several
    record Found(Set<String> needed, Set<String> withDocumentType, Map<String, Set<String>> documents) {
        /// For a signature of that document; for one of none, everything.
        Set<String> of(String document) {
            return document.isEmpty() ? needed : documents.getOrDefault(document, needed);
        }
    }

    /// @throws org.yinzheng.signing.InvalidInput `ofd-limits`
    static Found of(OfdPackage ofd, Deadline deadline) {
        var all = new Closure(ofd, deadline, ALL).followed();
        if (all.bodies > MOST_DOCUMENTS) {
            throw OfdPackage.beyond("more than " + MOST_DOCUMENTS + " documents");
        }
        var documents = new TreeMap<String, Set<String>>();
        for (int i = 0; all.bodies > 1 && i < all.bodies; i++) {
            var one = new Closure(ofd, deadline, i).followed();
            documents.computeIfAbsent(one.root, path -> new TreeSet<>()).addAll(one.needed);
        }
        return new Found(all.needed, all.withDocumentType, documents);
    }

    private Closure followed() {
        need(OfdPackage.ENTRY);
        while (!unread.isEmpty()) {
            deadline.check();
            follow(unread.pop());
        }
        return this;
    }

    private void need(String path) {
        if (needed.add(path)) {
            unread.push(path);
        }
    }

    private void follow(String path) {
        var part = ofd.part(path);
        if (part == null || !XmlTree.looksLikeXml(part.beginning(XmlTree.PROLOG))) {
            return;
        }
        var content = part.content();
        if (content.isEmpty()) {
            return; // reported as damaged
        }
        try {
            var reader = XmlTree.reader(content.get());
            try {
                new Walk(path).read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            // No reader can follow it either beyond this place; whether it was changed is told by its digest.
        }
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /// Through one XML file.
    private final class Walk {
        private final boolean entry;
        private final String path;
        private final List<String> folders;
        private final List<StringBuilder> texts = new ArrayList<>();
        private int depth;

        Walk(String path) {
            this.path = path;
            this.entry = path.equals(OfdPackage.ENTRY);
            this.folders = new ArrayList<>(List.of(OfdPackage.folder(path), ""));
            folders.addAll(documentFolders);
        }

        void read(XMLStreamReader reader) throws XMLStreamException {
            int events = 0;
            while (reader.hasNext()) {
                if ((++events & 0xfff) == 0) {
                    deadline.check();
                }
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (entry && (isList(reader) || isOfAnotherDocument(reader))) {
                            skip(reader);
                        } else {
                            start(reader);
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (depth > 0) {
                            texts.get(depth - 1)
                                    .append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                        }
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                        withDocumentType.add(path);
                        return;
                    }
                    default -> {}
                }
            }
        }

        /// The lists of signatures are judged by themselves.
        private static boolean isList(XMLStreamReader reader) {
            return reader.getLocalName().equals("Signatures");
        }

        private boolean isOfAnotherDocument(XMLStreamReader reader) {
            return depth == 1 && reader.getLocalName().equals("DocBody") && bodies++ != only && only != ALL;
        }

        private void start(XMLStreamReader reader) {
            if (depth >= XmlTree.DEEPEST) {
                throw OfdPackage.beyond("an XML file is nested too deep");
            }
            if (depth == texts.size()) {
                texts.add(new StringBuilder());
            }
            texts.get(depth++).setLength(0);
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                var value = reader.getAttributeValue(i).strip();
                if (depth == 1 && reader.getAttributeLocalName(i).equals("BaseLoc")) {
                    OfdPackage.resolve(OfdPackage.folder(path), value).ifPresent(folders::add);
                }
                named(value);
            }
        }

        private void end(String name) {
            var text = texts.get(--depth);
            if (text.isEmpty() || text.length() > LONGEST_PATH) {
                return;
            }
            var location = text.toString().strip();
            if (entry && name.equals("DocRoot")) {
                OfdPackage.resolve("", location).map(OfdPackage::folder).ifPresent(documentFolders::add);
                root = SignatureList.root(location, ofd);
            }
            named(location);
        }

        private static void skip(XMLStreamReader reader) throws XMLStreamException {
            for (int open = 1; open > 0 && reader.hasNext(); ) {
                int event = reader.next();
                open += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
                open -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            }
        }

        private void named(String text) {
            if (text.isEmpty()
                    || text.length() > LONGEST_PATH
                    || !fileNames.contains(fileName(text.replace('\\', '/')))) {
                return;
            }
            folders.stream()
                    .map(folder -> OfdPackage.resolve(folder, text).flatMap(ofd::name))
                    .flatMap(Optional::stream)
                    .forEach(Closure.this::need);
        }
    }
}
