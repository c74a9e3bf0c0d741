package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.testdata.SampleCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows the types of licences that an installation issues.
@Command(
        name = "catalogue",
        header = "证照目录  the catalogue of licence types",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CatalogueCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Command(name = "list", header = "列出证照类型  list the types", mixinStandardHelpOptions = true)
    int list(@Option(names = "--json", description = "每个类型一行 JSON  one JSON object a line") boolean json)
            throws IOException {
        var table = new Table("代码 code", "名称 name", "版本 version", "持证主体 holder", "有效期 validity");
        for (var type : catalogue(data.folder()).types()) {
            if (json) {
                print(line(LicenceJson.of(type)));
            }
            table.row(
                    type.code(),
                    type.nameZh() + " " + type.nameEn(),
                    type.version(),
                    type.holderKind().chinese(),
                    type.validity().years().map(years -> years + " 年").orElse("长期"));
        }
        if (!json) {
            print(table.toString());
        }
        return ExitCode.DONE;
    }

    @Command(name = "show", header = "显示一个类型的数据项  show the fields of one type", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "TYPE", description = "代码或中文名称  code or Chinese name") String name)
            throws IOException {
        var type = catalogue(data.folder()).type(name);
        print(type.nameZh() + "  " + type.nameEn() + "  " + type.code());
        var table = new Table("字段 field", "名称 title", "类型 type", "必填 required");
        type.fields()
                .forEach(field ->
                        table.row(field.name(), field.title(), field.jsonType(), field.required() ? "是 yes" : "否 no"));
        print(table.toString());
        return ExitCode.DONE;
    }

    /// The packs of the data folder; the ones that a new folder begins with when there is no folder yet.
    static Catalogue catalogue(Path dataFolder) throws IOException {
        var own = dataFolder.resolve("catalogue");
        if (Files.isDirectory(own)) {
            return Catalogue.load(own);
        }
        return Catalogue.of(SampleCatalogue.packs());
    }

    private void print(String text) {
        Objects.requireNonNull(spec).commandLine().getOut().println(text);
    }

    private static String line(Object json) throws JsonProcessingException {
        return JSON.writeValueAsString(json);
    }
}
