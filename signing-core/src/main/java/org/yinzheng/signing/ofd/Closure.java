package org.yinzheng.signing.ofd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yinzheng.signing.InvalidInput;

/// The files that showing a document needs: OFD.xml, and every file that the text or an attribute of a needed XML
/// file names. That is more than the standard's own list of pointers (pages, templates, resources, annotations,
/// attachments, tags, versions …) and so misses none that some reader follows and we have not heard of.
final class Closure {
    private static final int LONGEST_PATH = 500;

    private final OfdPackage ofd;
    private final Set<String> needed = new TreeSet<>();
    private final Deque<String> unread = new ArrayDeque<>();
    private final Set<String> documentFolders = new HashSet<>();
    /// The last segments of all paths: nearly every text of a page is told apart from a path by them.
    private final Set<String> fileNames = new HashSet<>();

    private Closure(OfdPackage ofd) {
        this.ofd = ofd;
        ofd.parts().forEach(part -> fileNames.add(fileName(part.name)));
    }

    static Set<String> of(OfdPackage ofd) {
        var closure = new Closure(ofd);
        closure.need(OfdPackage.ENTRY);
        while (!closure.unread.isEmpty()) {
            closure.follow(closure.unread.pop());
        }
        return closure.needed;
    }

    private void need(String path) {
        if (needed.add(path)) {
            unread.push(path);
        }
    }

    private void follow(String path) {
        var content = ofd.content(path);
        if (content.isEmpty() || !XmlTree.looksLikeXml(content.get())) {
            return;
        }
        XmlTree root;
        try {
            root = XmlTree.parse(content.get());
        } catch (InvalidInput e) {
            return; // no reader can follow it either; whether it was changed is told by its digest
        }
        var folders = new ArrayList<String>(List.of(OfdPackage.folder(path), ""));
        root.attribute("BaseLoc")
                .flatMap(base -> OfdPackage.resolve(OfdPackage.folder(path), base))
                .ifPresent(folders::add);
        folders.addAll(documentFolders);
        follow(root, folders, path.equals(OfdPackage.ENTRY));
    }

    private void follow(XmlTree element, List<String> folders, boolean entry) {
        if (entry && element.name.equals("Signatures")) {
            return; // the lists of signatures are judged by themselves
        }
        var text = element.text();
        if (entry && element.name.equals("DocRoot")) {
            OfdPackage.resolve("", text).map(OfdPackage::folder).ifPresent(documentFolders::add);
        }
        named(text, folders);
        element.attributes.values().forEach(value -> named(value.strip(), folders));
        element.children.forEach(child -> follow(child, folders, entry));
    }

    private void named(String text, List<String> folders) {
        if (text.isEmpty() || text.length() > LONGEST_PATH || !fileNames.contains(fileName(text))) {
            return;
        }
        folders.stream()
                .map(folder -> OfdPackage.resolve(folder, text))
                .flatMap(Optional::stream)
                .filter(ofd::has)
                .forEach(this::need);
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
