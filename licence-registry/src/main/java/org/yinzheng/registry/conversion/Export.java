package org.yinzheng.registry.conversion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.signing.Failure;

/// Copies renditions into a folder, each whole or not at all; one that is there already stays.
final class Export {
    private final Licences licences;
    private final Path folder;

    Export(Licences licences, Path folder) {
        this.licences = licences;
        this.folder = folder;
    }

    /// @throws Failure.NotDone when the store is away or the folder full
    void write(LicenceId licence) {
        for (var format : Format.WITH_PAGES) {
            var file = folder.resolve(licence.value() + "." + format.extension());
            if (!Files.exists(file)) {
                var document = licences.rendition(licence, format)
                        .orElseThrow(() -> new Failure.NotDone("a licence has no " + format + ": " + licence, null));
                try {
                    Files.createDirectories(folder);
                    var partial = folder.resolve("." + file.getFileName() + ".partial");
                    Files.write(partial, document.toByteArray());
                    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new Failure.NotDone("a converted licence could not be written to " + folder, e);
                }
            }
        }
    }
}
