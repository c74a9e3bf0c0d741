package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.catalogue.Preview;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.SampleCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows the types of licences that an installation issues, and checks their packs.
@Command(
        name = "catalogue",
        header = "证照目录  the catalogue of licence types",
        mixinStandardHelpOptions = true,
        subcommands = CatalogueLintCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class CatalogueCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final float DOTS_PER_INCH = 144;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    Path dataFolder() {
        return data.folder();
    }

    @Command(name = "list", header = "列出证照类型  list the types", mixinStandardHelpOptions = true)
    int list(
            @Option(names = "--all", description = "包括已停用和尚未启用的版本  past and coming versions as well") boolean all,
            @Option(names = "--json", description = "每个类型一行 JSON  one JSON object a line") boolean json)
            throws IOException {
        var table = new Table("代码 code", "名称 name", "版本 version", "持证主体 holder", "有效期 validity", "共享 sharing");
        var catalogue = catalogue(data.folder());
        for (var type : all ? catalogue.versions().toList() : catalogue.types()) {
            if (json) {
                print(line(LicenceJson.of(type)));
            }
            table.row(
                    type.code(),
                    type.nameZh() + " " + type.nameEn(),
                    type.version(),
                    holders(type),
                    type.validity().chinese(),
                    type.sharing().rule().chinese());
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
        print(type.nameZh() + "  " + type.nameEn() + "  " + type.code() + "  " + type.version());
        var facts = new Table("目录项 item", "内容 content");
        facts.row("持证主体 holder", holders(type) + (type.severalHolders() ? "，可多人共有 several" : ""));
        facts.row(
                "颁发机构 issuers",
                join(type.issuers().entrySet().stream()
                        .map(issuer -> issuer.getKey().chinese() + " " + issuer.getValue())
                        .toList()));
        facts.row("有效期 validity", type.validity().chinese());
        facts.row(
                "共享 sharing",
                type.sharing().rule().chinese() + " " + type.sharing().condition());
        facts.row("可信等级 trust grades", join(type.trustGrades()));
        facts.row("语言 languages", join(type.languages()));
        facts.row("依据 standard", type.standard());
        print(facts.toString() + System.lineSeparator());
        var table = new Table("字段 field", "名称 title", "类型 type", "必填 required");
        type.fields()
                .forEach(field ->
                        table.row(field.name(), field.title(), field.jsonType(), field.required() ? "是 yes" : "否 no"));
        print(table.toString());
        return ExitCode.DONE;
    }

    @Command(
            name = "preview",
            header = "用样例数据画出一个类型  draw one type with its sample data",
            description = {
                "未签章，带“样张”水印。  Not stamped, with the watermark 样张.",
                "例 example: yinzheng catalogue preview 结婚证 --out a.png"
            },
            mixinStandardHelpOptions = true)
    int preview(
            @Parameters(paramLabel = "TYPE", description = "代码或中文名称  code or Chinese name") String name,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description =
                                    "输出文件，按扩展名 .pdf .ofd .png；默认 TYPE.pdf  where to, by its ending; default: TYPE.pdf")
                    @Nullable
                    Path out,
            @Option(
                            names = "--at",
                            paramLabel = "DATE",
                            description = "该日有效的版本，默认今天  the version of that day; default: today")
                    @Nullable
                    LocalDate day,
            @Option(
                            names = "--template",
                            paramLabel = "NAME",
                            description = "模板，如 副本；默认第一个  a template; default: the first")
                    @Nullable
                    String templateName)
            throws IOException {
        var catalogue = catalogue(data.folder());
        var type = day == null ? catalogue.type(name) : catalogue.type(name, day);
        var template = templateName == null
                ? type.template()
                : Optional.ofNullable(type.templates().get(templateName))
                        .orElseThrow(() -> new InvalidInput(
                                "unknown-template",
                                "--template",
                                "the type has the templates " + type.templates().keySet()));
        var sample = type.samples().stream()
                .findFirst()
                .orElseThrow(() -> new InvalidInput("no-sample", "examples", "the pack has no sample to draw"));
        var file = out == null ? Path.of(type.nameZh() + ".pdf") : out;
        var preview = new Preview(Typefaces.find());
        var ending = file.toString().replaceFirst(".*\\.", "");
        var drawn =
                switch (ending) {
                    case "pdf" -> preview.pdf(type, template, sample);
                    case "ofd" -> preview.ofd(type, template, sample);
                    case "png" -> preview.png(type, template, sample, DOTS_PER_INCH);
                    default -> throw new InvalidInput("format", "--out", "the file ends in .pdf, .ofd or .png");
                };
        Files.write(file, drawn.toByteArray());
        print("已生成 written  " + file);
        return ExitCode.DONE;
    }

    /// The packs of the data folder; the ones that a new folder begins with when there is no folder yet.
    static Catalogue catalogue(Path dataFolder) throws IOException {
        var own = dataFolder.resolve("catalogue");
        if (Files.isDirectory(own)) {
            return Catalogue.load(own);
        }
        return Catalogue.of(SampleCatalogue.files());
    }

    private static String holders(LicenceType type) {
        return type.holderKinds().stream().map(HolderKind::chinese).collect(Collectors.joining("、"));
    }

    private static String join(Collection<?> items) {
        var texts = new ArrayList<String>();
        items.forEach(item -> texts.add(item.toString()));
        return String.join("、", texts);
    }

    private void print(String text) {
        Objects.requireNonNull(spec).commandLine().getOut().println(text);
    }

    private static String line(ObjectNode json) throws JsonProcessingException {
        return JSON.writeValueAsString(json);
    }
}
