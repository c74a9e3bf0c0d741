package org.yinzheng.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `--data`, shared by the commands that work in an installation's folder.
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description =
                    "数据目录；默认 $YINZHENG_DATA 或 ./yinzheng-data  the data folder; $YINZHENG_DATA or ./yinzheng-data")
    private @Nullable Path folder;

    Path folder() {
        if (folder != null) {
            return folder;
        }
        var fromEnvironment = System.getenv("YINZHENG_DATA");
        return Path.of(fromEnvironment == null || fromEnvironment.isBlank() ? "yinzheng-data" : fromEnvironment);
    }
}
