package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.receipt.ReceiptKeys;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.CertificateRequest;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The certificate of the key that signs receipts.
@Command(
        name = "receipt",
        header = "核验回执的签名证书  the certificate by which receipts are signed",
        description = {
            "申请 csr → 交电子认证服务机构 → 导入 certificate；在此之前回执注明“仅供演示”。须先停止 serve。",
            "csr, then to a licensed authority, then certificate; until then receipts say that they are a demonstration's. Stop serve first."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ReceiptCommand {
    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    /// The receipt keys of a data folder.
    static ReceiptKeys keys(KeyCustodian custodian, Path root, Supplier<Trust> trust, Clock clock) {
        return new ReceiptKeys(custodian, root.resolve("receipts"), trust, clock);
    }

    @Command(
            name = "csr",
            header = "回执密钥的证书请求 (PKCS#10)，密钥不存在时先建立  the key's certificate request; makes the key first",
            mixinStandardHelpOptions = true)
    int csr(
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            defaultValue = "P_256",
                            description = "P_256、RSA_2048 或 RSA_3072  kind of the key in the token")
                    KeyKind kind,
            @Option(
                            names = "--subject",
                            paramLabel = "DN",
                            description =
                                    "主体名称；默认由 verifyingBody 组成  CN=…,O=…,C=CN; from verifyingBody of yinzheng.yaml when left out")
                    @Nullable
                    String subject)
            throws IOException {
        return call((keys, settings) -> {
            var der = keys.request(kind, subject == null ? subject(settings) : subject);
            output.out(CertificateRequest.pem(der.toByteArray()).stripTrailing());
        });
    }

    @Command(
            name = "certificate",
            header = "导入证书链 (PEM)：回执密钥的证书在前，其后依次为签发者  take the chain: the key's certificate, then each issuer",
            description = {"签发机构的根证书须已在 trust: 文件夹中。", "The authority's root must lie in the folder that trust: names."
            },
            mixinStandardHelpOptions = true)
    int certificate(
            @Parameters(arity = "1..8", paramLabel = "FILE", description = "证书，按签发顺序  certificates, in that order")
                    List<Path> files)
            throws IOException {
        var contents = new ArrayList<DocumentBytes>();
        for (var file : files) {
            contents.add(DocumentBytes.owning(Files.readAllBytes(file)));
        }
        return call((keys, _) -> print(keys.certify(contents)));
    }

    @Command(
            name = "status",
            header = "回执现用何证书签名  by which certificate receipts are signed now",
            mixinStandardHelpOptions = true)
    int status() throws IOException {
        return call((keys, _) -> print(keys.chain()));
    }

    @FunctionalInterface
    private interface Work {
        void with(ReceiptKeys keys, Settings settings) throws IOException;
    }

    /// Whom the operator trusts decides about the chain; the demonstration's authority certifies no receipts.
    private int call(Work work) throws IOException {
        try (var directory = DataDirectory.open(data.folder())) {
            var settings = Settings.load(directory.settings());
            try (var token = Token.init(settings.tokenProfile(), directory.root())) {
                var clock = Clock.systemUTC();
                var custodian = new TokenCustodian(token, directory.keys());
                var trust = OperatorTrust.of(settings, directory.root(), clock);
                work.with(keys(custodian, directory.root(), trust, clock), settings);
                return ExitCode.DONE;
            }
        }
    }

    private static String subject(Settings settings) {
        var name = Rdn.escapeValue(settings.verifyingBody()
                .orElseThrow(() -> new InvalidInput(
                        "verifying-body", "verifyingBody", "name the body in yinzheng.yaml first, or give --subject")));
        return "CN=" + name + ",O=" + name + ",C=CN";
    }

    private void print(List<X509Certificate> chain) throws JsonProcessingException {
        if (output.json()) {
            var node = Output.object().put("certified", !chain.isEmpty());
            chain.forEach(one -> node.withArray("chain")
                    .addObject()
                    .put("subject", Certificates.subject(one))
                    .put("serial", one.getSerialNumber().toString(16))
                    .put("notAfter", one.getNotAfter().toInstant().toString()));
            output.line(node);
            return;
        }
        if (chain.isEmpty()) {
            output.out("没有证书：回执注明“仅供演示”  no certificate: receipts say that they are a demonstration's");
            return;
        }
        var table = new Table("证书 certificate", "序列号 serial", "至 until");
        chain.forEach(one -> table.row(
                Certificates.subject(one),
                one.getSerialNumber().toString(16),
                one.getNotAfter().toInstant()));
        output.out(table.toString());
    }
}
