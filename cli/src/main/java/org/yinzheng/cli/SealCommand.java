package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.testdata.DemoPeople;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The life of electronic seals, through the API.
@Command(
        name = "seal",
        header = "电子印章的申请、制作、使用记录与销毁  seals from application to destruction",
        description = {
            "申请 apply → 批准 approve → 证书 csr, certificate → 制作 make → 领用 accept；同一事项的各步须由不同的人办理。",
            "Nobody does two steps of one matter. Without --server the demonstration's people do them; --as names another."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            SealStepCommand.Approve.class,
            SealStepCommand.Refuse.class,
            SealStepCommand.Make.class,
            SealStepCommand.Accept.class,
            SealStepCommand.Renew.class,
            SealStepCommand.Suspend.class,
            SealStepCommand.Resume.class,
            SealStepCommand.ReportLost.class,
            SealStepCommand.RequestDestruction.class,
            SealStepCommand.Destroy.class
        })
final class SealCommand {
    private static final String ID = "印章编码  the seal's identifier";

    @Command(name = "list", description = "印章列表；⚠ 表示 30 天内到期  all seals; ⚠ marks what ends within 30 days")
    int list(@Mixin SealTarget target) throws IOException {
        return target.call(DemoUsers.SECURITY_ADMIN, client -> {
            var items = all(client);
            if (target.json()) {
                for (var seal : items) {
                    target.line(seal);
                }
            } else {
                target.out(SealText.list(items));
            }
            return ExitCode.DONE;
        });
    }

    private static ArrayNode all(ApiClient client) {
        var items = SealTarget.JSON.createArrayNode();
        Optional<String> cursor = Optional.empty();
        do {
            var page = client.seals().page(cursor);
            page.path("items").forEach(items::add);
            cursor = Optional.ofNullable(page.path("next").textValue());
        } while (cursor.isPresent());
        return items;
    }

    @Command(name = "show", description = "一枚印章及其履历  one seal with its history")
    int show(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id) throws IOException {
        return target.call(
                DemoUsers.SECURITY_ADMIN, client -> print(target, client.seals().get(id)));
    }

    private static int print(SealTarget target, JsonNode seal) throws IOException {
        if (target.json()) {
            target.line(seal);
        } else {
            target.out(SealText.of(seal));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "apply",
            description =
                    "申请：FILE 为 openapi.yaml 的 SealApplication  apply; FILE holds a SealApplication of openapi.yaml")
    int apply(
            @Mixin SealTarget target,
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "申请文件  the application (JSON)") @Nullable
                    Path file,
            @Option(names = "--example", description = "打印示例  print an example and stop") boolean example)
            throws IOException {
        if (file == null || example) {
            target.out(SealTarget.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(example()));
            return ExitCode.DONE;
        }
        var application = SealTarget.JSON.readTree(Files.readAllBytes(file));
        return target.call(DemoUsers.SEAL_CUSTODIAN, client -> {
            var seal = client.seals().apply(application);
            if (target.json()) {
                target.line(seal);
            } else {
                SealText.next(seal, "已申请 applied for").forEach(target::out);
            }
            return ExitCode.DONE;
        });
    }

    private static JsonNode example() {
        var body = DemoPeople.MARKET_SUPERVISION;
        var application = SealTarget.JSON
                .createObjectNode()
                .put("kind", "06")
                .put("name", body.name())
                .put("lowerText", "审批业务专用章");
        application
                .putObject("holder")
                .put("kind", "AUTHORITY")
                .put("id", body.creditCode())
                .put("name", body.name());
        application.put(
                "validUntil",
                LocalDate.now(ZoneId.of("Asia/Shanghai")).plusYears(3).toString());
        var rails = application.putObject("guardRails").put("dailyQuota", 500).put("releaseAbove", 20);
        rails.putArray("authorities").add(body.creditCode());
        return application;
    }

    @Command(name = "csr", description = "签章密钥的证书请求 (PKCS#10)  a key's certificate request, for a licensed authority")
    int csr(
            @Mixin SealTarget target,
            @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
            @Parameters(index = "1", paramLabel = "SUITE", description = "rsa 或 or sm2") String suite)
            throws IOException {
        return target.call(DemoUsers.SEAL_CUSTODIAN, client -> {
            var pem = client.seals().file(id, "csr/" + suite).toByteArray();
            target.out(new String(pem, java.nio.charset.StandardCharsets.US_ASCII).stripTrailing());
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "certificate",
            description = "导入电子认证服务机构签发的证书 (PEM)  take the certificates that a licensed authority issued")
    int certificate(
            @Mixin SealTarget target,
            @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
            @Parameters(index = "1..*", arity = "0..2", paramLabel = "FILE", description = "证书及其上级  certificates")
                    @Nullable
                    List<Path> files,
            @Option(names = "--demonstration", description = "由演示机构签发，仅供演示  issued at once, for the demonstration only")
                    boolean demonstration)
            throws IOException {
        var body = SealTarget.JSON.createObjectNode();
        if (demonstration) {
            body.put("demonstration", true);
        } else {
            var sent = body.putArray("certificates");
            for (var file : files == null ? List.<Path>of() : files) {
                sent.add(Files.readString(file));
            }
        }
        return target.call(
                DemoUsers.SEAL_CUSTODIAN, client -> print(target, client.seals().put(id, "certificates", body)));
    }

    @Command(name = "guard-rails", description = "修改用印限制：FILE 为 GuardRails  change what a seal may be used for")
    int rails(
            @Mixin SealTarget target,
            @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
            @Parameters(index = "1", paramLabel = "FILE", description = "限制  the guard rails (JSON)") Path file,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "理由  why") String reason)
            throws IOException {
        var body = SealTarget.JSON.createObjectNode().put("reason", reason);
        body.set("guardRails", SealTarget.JSON.readTree(Files.readAllBytes(file)));
        return target.call(
                DemoUsers.SECURITY_ADMIN, client -> print(target, client.seals().put(id, "guard-rails", body)));
    }

    @Command(name = "picture", description = "印章图片，按扩展名为 PNG 或 SVG  the picture, PNG or SVG by the file's name")
    int picture(
            @Mixin SealTarget target,
            @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
            @Parameters(index = "1", paramLabel = "FILE", description = "写入此处  where to write it") Path file)
            throws IOException {
        var format = file.toString().endsWith(".svg") ? "svg" : "png";
        return target.call(DemoUsers.SEAL_CUSTODIAN, client -> {
            Files.write(file, client.seals().file(id, "picture/" + format).toByteArray());
            target.err("已写入 written: " + file);
            return ExitCode.DONE;
        });
    }

    @Command(name = "uses", description = "用印记录，最新在前  the log of uses, newest first")
    int uses(
            @Mixin SealTarget target,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "印章编码；省略则查全部  a seal; all when absent")
                    @Nullable
                    String id,
            @Option(names = "--digest", paramLabel = "SHA256", description = "文件摘要  of the document, before or after")
                    @Nullable
                    String digest,
            @Option(names = "--actor", paramLabel = "USER", description = "经办人  who stamped") @Nullable String actor,
            @Option(names = "--licence", paramLabel = "ID", description = "证照标识  a licence") @Nullable String licence)
            throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "digest", digest);
        put(query, "actor", actor);
        put(query, "licence", licence);
        return target.call(DemoUsers.AUDIT_ADMIN, client -> {
            var items = client.seals().uses(Optional.ofNullable(id), query).path("items");
            if (target.json()) {
                for (var use : items) {
                    target.line(use);
                }
            } else {
                target.out(SealText.uses(items));
            }
            return ExitCode.DONE;
        });
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }

    @Command(name = "blast-radius", description = "影响范围：此印章盖过什么  what was stamped with a seal")
    int blastRadius(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id)
            throws IOException {
        return target.call(DemoUsers.SECURITY_ADMIN, client -> {
            var radius = client.seals().blastRadius(id);
            if (target.json()) {
                target.line(radius);
            } else {
                target.out(SealText.blastRadius(radius));
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "rehearse",
            description = "演练：此印章盖过的文件能否换另一枚印章重新用印；不留结果"
                    + "  try whether what a seal stamped could be stamped again with another; keeps nothing")
    int rehearse(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(names = "--with", required = true, paramLabel = "ID", description = "另一枚在用印章  another seal in use")
                    String with,
            @Option(
                            names = "--most",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "最近 N 份，至多 1000，默认 100  the newest N, at most 1000; default: 100")
                    int most)
            throws IOException {
        return target.call(DemoUsers.SECURITY_ADMIN, client -> {
            var result = client.seals().rehearse(id, with, most);
            if (target.json()) {
                target.line(result);
            } else {
                target.out("试盖 tried " + result.path("tried").asInt() + "，成功 fine "
                        + result.path("fine").asInt() + "，不能 stuck " + result.path("obstacles"));
            }
            return result.path("obstacles").isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        });
    }
}
