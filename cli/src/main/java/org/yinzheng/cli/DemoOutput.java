package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yinzheng.signing.InvalidInput;

/// The folder that the demonstration fills. It is emptied at each run, and only if the demonstration made it.
record DemoOutput(Path root) {
    private static final String MARK = ".made-by-yinzheng-demo";

    static DemoOutput renew(Path root) throws IOException {
        if (Files.exists(root) && !Files.exists(root.resolve(MARK))) {
            throw new InvalidInput(
                    "output-folder",
                    "",
                    root + " exists and was not made by the demonstration: choose another --output");
        }
        Folders.delete(root);
        Files.createDirectories(root);
        Files.createFile(root.resolve(MARK));
        return new DemoOutput(root);
    }

    /// A folder in it, made when it is not there.
    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }
}
