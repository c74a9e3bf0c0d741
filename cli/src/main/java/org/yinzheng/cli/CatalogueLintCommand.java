package org.yinzheng.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.catalogue.Finding;
import org.yinzheng.registry.catalogue.Lint;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.SampleCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Checks catalogue packs before they are put to use.
@Command(
        name = "lint",
        header = "检查证照目录  check catalogue packs",
        description = {
            "检查数据结构、模板与样例是否一致，代码与版本是否重复，样例能否排版而不溢出。",
            "Checks that schema, template and samples agree, that codes and versions differ, that samples fit their page.",
            "退出码 exit: 0 无问题 no finding, 1 有问题 findings"
        },
        mixinStandardHelpOptions = true)
final class CatalogueLintCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private CatalogueCommand catalogue = new CatalogueCommand();

    @Parameters(
            arity = "0..1",
            paramLabel = "FOLDER|FILE",
            description =
                    "目录文件夹或其中一个文件，默认为数据目录中的 catalogue  a catalogue folder or a pack in it; default: that of the data folder")
    private @Nullable Path path;

    @Option(names = "--json", description = "每个问题一行 JSON  one JSON object a finding")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var lint = new Lint(Typefaces.find());
        var result = path == null ? ofDataFolder(lint) : lint.check(path);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        for (var finding : result.findings()) {
            out.println(json ? JSON.writeValueAsString(json(finding)) : text(finding));
        }
        spec.commandLine()
                .getErr()
                .println("检查 checked: " + result.packs() + "，问题 findings: "
                        + result.findings().size());
        return result.findings().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// Without a data folder: what a new one would begin with.
    private Lint.Result ofDataFolder(Lint lint) throws IOException {
        var own = catalogue.dataFolder().resolve("catalogue");
        if (Files.isDirectory(own)) {
            return lint.check(own);
        }
        var folder = Files.createTempDirectory("catalogue");
        try {
            SampleCatalogue.write(folder);
            return lint.check(folder);
        } finally {
            Folders.delete(folder);
        }
    }

    private static String text(Finding finding) {
        var rule = finding.rule();
        var where = finding.path().isEmpty() ? finding.file() : finding.file() + ": " + finding.path();
        return where + "\n    [" + rule.code() + "] " + rule.chinese() + "  " + rule.english() + "\n    "
                + finding.detail() + "\n    → " + rule.nextChinese() + "  " + rule.nextEnglish();
    }

    private static ObjectNode json(Finding finding) {
        var rule = finding.rule();
        var json = JSON.createObjectNode()
                .put("file", finding.file())
                .put("path", finding.path())
                .put("rule", rule.code())
                .put("detail", finding.detail());
        json.putObject("text").put("zh", rule.chinese()).put("en", rule.english());
        json.putObject("next").put("zh", rule.nextChinese()).put("en", rule.nextEnglish());
        return json;
    }
}
