package org.yinzheng.signing.ofd;

import java.util.HashSet;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;

/// The signatures that a document bears already, as far as they matter for one more: whether they allow it, and
/// which names they have taken.
///
/// @param highest the highest number in a signature's identifier
record EarlierStamps(int count, int highest) {
    /// @throws InvalidInput `ofd-closed` when one of them protects the list of signatures, `ofd-signatures`
    /// when one cannot be read or its files are not as it says: another stamp would make that look right
    static EarlierStamps of(Stampable document, Digests digests) {
        var list = document.list.orElse("");
        if (list.isEmpty()) {
            return new EarlierStamps(0, 0);
        }
        var found = SignatureList.find(document.ofd);
        if (!found.checks().isEmpty()) {
            throw unreadable(found.checks().getFirst().found());
        }
        int highest = 0;
        for (var entry : found.entries()) {
            var description = description(document, entry);
            if (description.covered().contains(list)) {
                throw new InvalidInput(
                        "ofd-closed",
                        "",
                        "signature " + entry.id() + " closed the document: nothing may be stamped after it");
            }
            if (!digests.agree(description)) {
                throw unreadable("the files are not those that signature " + entry.id() + " protects");
            }
            highest = Math.max(highest, number(entry.id()));
        }
        return new EarlierStamps(found.entries().size(), highest);
    }

    /// The folder of a new signature: one that nothing lies in.
    static String freeFolder(Stampable document, String signs) {
        var taken = new HashSet<String>();
        document.ofd.parts().forEach(part -> taken.addAll(folders(part.name)));
        int number = 0;
        while (taken.contains(signs + "/Sign_" + number)) {
            number++;
        }
        return signs + "/Sign_" + number;
    }

    private static Set<String> folders(String name) {
        var folders = new HashSet<String>();
        for (var folder = OfdPackage.folder(name); !folder.isEmpty(); folder = OfdPackage.folder(folder)) {
            folders.add(folder);
        }
        return folders;
    }

    private static Description description(Stampable document, SignatureList.Entry entry) {
        try {
            return Description.parse(
                    document.ofd.content(entry.path()).orElse(new byte[0]), entry.path(), document.ofd);
        } catch (InvalidInput e) {
            throw unreadable("signature " + entry.id() + " cannot be read");
        }
    }

    private static int number(String id) {
        var digits = id.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
    }

    private static InvalidInput unreadable(String what) {
        return new InvalidInput("ofd-signatures", "", "the document's earlier signatures: " + what);
    }
}
