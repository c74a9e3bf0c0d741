package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.trustlist.ListSigner;
import org.yinzheng.signing.trustlist.RegionProfile;
import org.yinzheng.signing.trustlist.TrustListJson;
import org.yinzheng.signing.trustlist.TrustListStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The signed list of whom this installation believes, and those of other regions.
@Command(
        name = "trust",
        header = "信任列表：本地与外地  the signed trust list of ours, and those of other regions",
        mixinStandardHelpOptions = true,
        subcommands = TrustSignCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class TrustCommand {
    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    Path dataFolder() {
        return data.folder();
    }

    Output output() {
        return output;
    }

    @Command(name = "list", header = "列出各信任列表  the trust lists that are here", mixinStandardHelpOptions = true)
    int list() throws JsonProcessingException {
        var table = new Table("地区 region", "名称 name", "期号 edition", "更新期限 next update", "条目 entries", "来源 from");
        for (var stored : all()) {
            var list = stored.list();
            if (output.json()) {
                output.line(Output.object()
                        .put("region", list.region())
                        .put("name", list.name().zh())
                        .put("sequence", list.sequence())
                        .put("nextUpdate", list.nextUpdate().toString())
                        .put("entries", list.entries().size())
                        .put("imported", stored.profile().isPresent())
                        .put("fingerprint", stored.signer().fingerprint()));
            }
            table.row(
                    list.region(),
                    list.name().zh(),
                    list.sequence(),
                    list.nextUpdate().truncatedTo(ChronoUnit.SECONDS),
                    list.entries().size(),
                    stored.profile().isPresent() ? "外地 imported" : "本地 ours");
        }
        if (!output.json()) {
            output.out(
                    all().isEmpty() ? "没有信任列表；用 trust sign 制作  none yet: make one with trust sign" : table.toString());
        }
        return ExitCode.DONE;
    }

    @Command(name = "show", header = "列出条目  the entries of one list", mixinStandardHelpOptions = true)
    int show(
            @Parameters(
                            arity = "0..1",
                            paramLabel = "REGION",
                            description = "区划代码；默认本地  division code; ours when left out")
                    @Nullable
                    String region)
            throws JsonProcessingException {
        var stored = stored(region);
        if (output.json()) {
            var shown = TrustListJson.write(stored.list());
            stored.profile().ifPresent(profile -> shown.set("profile", profile.toJson()));
            output.line(shown);
            return ExitCode.DONE;
        }
        var table = new Table("种类 kind", "名称 name", "代码 code", "地区 regions", "起 from", "止 until", "证书 certificates");
        for (var entry : stored.list().entries()) {
            table.row(
                    entry.kind(),
                    entry.name().zh(),
                    entry.creditCode().orElse("-"),
                    entry.regions().isEmpty() ? "-" : String.join(" ", entry.regions()),
                    entry.from(),
                    entry.until().map(Instant::toString).orElse("-"),
                    entry.certificates().stream().map(Certificates::subject).toList());
        }
        output.out(table.toString());
        output.out("签名公钥指纹 fingerprint of the signing key: " + stored.signer().fingerprint());
        stored.profile().ifPresent(profile -> output.out("互认要求 profile: " + profile.toJson()));
        return ExitCode.DONE;
    }

    @Command(
            name = "import",
            header = "导入外地列表并固定其签名公钥  import another region's list and pin its key",
            mixinStandardHelpOptions = true)
    int importList(
            @Parameters(paramLabel = "LIST.jws", description = "对方的列表  their list") Path file,
            @Option(names = "--key", required = true, paramLabel = "KEY.pem", description = "对方的公钥  their public key")
                    Path key,
            @Option(
                            names = "--fingerprint",
                            paramLabel = "XX:XX…",
                            description =
                                    "与对方核对过的指纹；不给则显示而不导入  the fingerprint as you had it from them; without it, it is shown and nothing imported")
                    @Nullable
                    String fingerprint,
            @Option(
                            names = "--profile",
                            paramLabel = "FILE",
                            description =
                                    "我方的互认要求（JSON）；默认全部种类与印章  what we ask of them; by default every kind and seal")
                    @Nullable
                    Path profile)
            throws IOException {
        var signer = ListSigner.parse(text(key));
        var compact = text(file).strip();
        var list = signer.open(compact);
        output.out("列表 list: " + list.name().zh() + " (" + list.region() + "), 第 " + list.sequence() + " 期 edition, "
                + list.entries().size() + " 条 entries");
        output.out("签名公钥指纹 fingerprint of the signing key: " + signer.fingerprint());
        if (fingerprint == null) {
            output.out("请通过其他渠道与对方核对指纹，然后加 --fingerprint 再次运行。 "
                    + "Compare it with them over another channel, then run again with --fingerprint.");
            return ExitCode.INDETERMINATE;
        }
        if (!fingerprint.equalsIgnoreCase(signer.fingerprint())) {
            throw new InvalidInput(
                    "list-signer", "--fingerprint", "the key has another fingerprint than you were told");
        }
        var agreed = profile == null
                ? RegionProfile.standard(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                : RegionProfile.read(read(profile));
        store().keepImported(compact, signer, agreed);
        output.out("✔ 已导入 imported; 互认要求 profile: " + agreed.toJson());
        return ExitCode.DONE;
    }

    @Command(name = "remove", header = "移除外地列表  remove another region's list", mixinStandardHelpOptions = true)
    int remove(@Parameters(paramLabel = "REGION", description = "区划代码  division code") String region) {
        boolean there = store().remove(region);
        output.out(there ? "✔ 已移除 removed: " + region : "没有该地区的列表 there is none of " + region);
        return there ? ExitCode.DONE : ExitCode.FAILED;
    }

    @Command(
            name = "export",
            header = "导出本地列表与公钥，交给对方  write our list and its key, to be handed over",
            mixinStandardHelpOptions = true)
    int export(@Parameters(paramLabel = "DIR", description = "目标文件夹  where to") Path folder) throws IOException {
        var own = stored(null);
        Files.createDirectories(folder);
        var list = Files.writeString(folder.resolve(own.list().region() + ".jws"), own.compact());
        Files.writeString(
                folder.resolve(own.list().region() + ".pem"), own.signer().pem());
        output.out("✔ 已导出 written: " + list);
        output.out("请通过其他渠道告知对方指纹 tell them the fingerprint over another channel: "
                + own.signer().fingerprint());
        return ExitCode.DONE;
    }

    @Command(
            name = "check",
            header = "检查各列表的签名与期限  check signatures and dates of all lists",
            description = "退出码 exit: 0 正常 all well, 1 签名有误 a signature is wrong, 2 有列表过期 a list has expired",
            mixinStandardHelpOptions = true)
    int check() {
        int exit = ExitCode.DONE;
        for (var stored : all()) {
            boolean expired = stored.list().nextUpdate().isBefore(Instant.now());
            output.out((expired ? "? 已过期 expired: " : "✔ 正常 in order: ")
                    + stored.list().region() + " " + stored.list().name().zh() + ", "
                    + stored.list().nextUpdate());
            exit = expired ? ExitCode.INDETERMINATE : exit;
        }
        return exit;
    }

    private TrustListStore.Stored stored(@Nullable String region) {
        return all().stream()
                .filter(stored -> region == null
                        ? stored.profile().isEmpty()
                        : stored.list().region().equals(region))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidInput("trust-list-missing", "region", "there is no such trust list here"));
    }

    private List<TrustListStore.Stored> all() {
        return Stream.concat(store().own().stream(), store().imported().stream())
                .toList();
    }

    private TrustListStore store() {
        return new TrustListStore(OperatorTrust.lists(data.folder()));
    }

    static JsonNode read(Path file) throws IOException {
        try {
            return new ObjectMapper().readTree(text(file));
        } catch (JsonProcessingException e) {
            throw new InvalidInput("trust-list-form", file.toString(), "JSON");
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InvalidInput("file-missing", file.toString(), "there is no such file");
        }
    }
}
