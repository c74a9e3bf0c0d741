package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.Certificates;

/// The `openssl` command as a second opinion on SM2 signatures. When it is missing the test fails.
public final class OpenSsl {
    private OpenSsl() {}

    public static boolean verifies(Seal.Proof proof, Path directory) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("signer.pem"), Certificates.pem(proof.certificate()));
        Files.write(directory.resolve("signed"), proof.signed().toByteArray());
        Files.write(directory.resolve("value"), proof.signature().toByteArray());
        assertThat(run(directory, "x509", "-in", "signer.pem", "-pubkey", "-noout", "-out", "key.pem"))
                .isZero();
        int exit = run(
                directory,
                "dgst",
                "-sm3",
                "-verify",
                "key.pem",
                "-sigopt",
                "distid:1234567812345678",
                "-signature",
                "value",
                "signed");
        return exit == 0;
    }

    private static int run(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return Tool.run(directory, command.toArray(String[]::new)).exit();
    }
}
