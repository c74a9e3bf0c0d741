package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Place;

/// What we sign, judged by programs that are not ours and not Java.
class PdfStamperTest {
    @TempDir
    Path folder;

    @Test
    void earlierBytes_stayAsTheyWere() {
        var before = Samples.page(false).toByteArray();
        var after = Samples.stamped(DocumentBytes.of(before), Suite.RSA_SHA256).toByteArray();
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
    }

    @Test
    void bothOrders_pdfsigFindsTheRsaSignatureValid_andQpdfNoFault() throws Exception {
        for (var compact : new boolean[] {false, true}) {
            var sm2First = Samples.inOrder(Samples.page(compact), Suite.SM2_SM3, Suite.RSA_SHA256);
            var rsaFirst = Samples.inOrder(Samples.page(compact), Suite.RSA_SHA256, Suite.SM2_SM3);
            assertThat(tool(sm2First, "pdfsig", "-nocert", "x.pdf"))
                    .contains("Signature Validation: Signature is Valid.")
                    .contains("- Total document signed")
                    .contains("ETSI.CAdES.detached")
                    .contains("adbe.pkcs7.detached");
            assertThat(tool(rsaFirst, "pdfsig", "-nocert", "x.pdf"))
                    .contains("Signature Validation: Signature is Valid.")
                    .contains("- Not total document signed");
            assertThat(tool(sm2First, "qpdf", "--check", "x.pdf"))
                    .contains("No syntax or stream encoding errors found");
            assertThat(tool(rsaFirst, "qpdf", "--check", "x.pdf"))
                    .contains("No syntax or stream encoding errors found");
        }
    }

    @Test
    void p256Signature_isValidForPdfsig() throws Exception {
        var pdf = Samples.stamped(Samples.page(false), Suite.ECDSA_P256_SHA256);
        assertThat(tool(pdf, "pdfsig", "-nocert", "x.pdf")).contains("Signature Validation: Signature is Valid.");
    }

    @Test
    void rsaCms_isVerifiedByOpenssl() throws Exception {
        var pdf = Samples.licence().toByteArray();
        var range = lastRange(pdf);
        Files.write(folder.resolve("cms.der"), cms(pdf, range));
        Files.write(folder.resolve("signed.bin"), signedBytes(pdf, range));
        Files.writeString(folder.resolve("root.pem"), root());
        var answer = Tool.run(
                folder,
                "openssl",
                "cms",
                "-verify",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "cms.der",
                "-content",
                "signed.bin",
                "-CAfile",
                "root.pem",
                "-purpose",
                "any",
                "-out",
                "out.bin");
        assertThat(answer.text()).contains("CMS Verification successful");
    }

    @Test
    void sm2SignatureOverTheSignedAttributes_isVerifiedByOpenssl() throws Exception {
        var pdf = Samples.stamped(Samples.page(false), Suite.SM2_SM3).toByteArray();
        var range = lastRange(pdf);
        var data = new org.bouncycastle.cms.CMSSignedData(cms(pdf, range));
        var info = data.getSignerInfos().getSigners().iterator().next();
        Files.write(folder.resolve("attributes.der"), info.getEncodedSignedAttributes());
        Files.write(folder.resolve("value.der"), info.getSignature());
        Files.write(folder.resolve("signed.bin"), signedBytes(pdf, range));
        Files.write(
                folder.resolve("key.der"),
                Samples.signer(Suite.SM2_SM3).key().publicKey().getEncoded());
        var answer = Tool.run(
                folder,
                "openssl",
                "pkeyutl",
                "-verify",
                "-rawin",
                "-digest",
                "sm3",
                "-pkeyopt",
                "distid:1234567812345678",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                "key.der",
                "-in",
                "attributes.der",
                "-sigfile",
                "value.der");
        assertThat(answer.text()).contains("Signature Verified Successfully");
        var digest = Tool.run(folder, "openssl", "dgst", "-sm3", "-r", "signed.bin");
        var attribute = (org.bouncycastle.asn1.ASN1OctetString) info.getSignedAttributes()
                .get(org.bouncycastle.asn1.cms.CMSAttributes.messageDigest)
                .getAttrValues()
                .getObjectAt(0);
        assertThat(digest.text()).startsWith(java.util.HexFormat.of().formatHex(attribute.getOctets()));
    }

    @Test
    void placeForTheSignature_isHardlyLongerThanTheSignature() throws Exception {
        for (var suite : Suite.values()) {
            var pdf = Samples.stamped(Samples.page(false), suite).toByteArray();
            var range = lastRange(pdf);
            var place = (range[2] - range[1] - 2) / 2;
            assertThat(place - cms(pdf, range).length).as(suite.name()).isBetween(0, 8);
        }
    }

    @Test
    void pdfThatCannotBeSigned_isInvalidInput() {
        var text = DocumentBytes.of("no PDF".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Samples.stamped(text, Suite.SM2_SM3)).isInstanceOf(InvalidInput.class);
        var signed = Samples.stamped(Samples.page(false), Suite.SM2_SM3);
        assertThatThrownBy(() -> Samples.stamped(signed, Suite.SM2_SM3))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("signature-field"));
    }

    @Test
    void sealOutsideThePage_isInvalidInput() {
        var stamp = PdfStamp.baseline("seal", Samples.signer(Suite.RSA_SHA256), Samples.AT, "")
                .showing(Samples.seal(), new Place.OnPage(1, 195, 221));
        assertThatThrownBy(() -> new PdfStamper().stamp(Samples.page(false), stamp))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo("seal-area"));
    }

    private String tool(DocumentBytes pdf, String... command) throws Exception {
        Files.write(folder.resolve("x.pdf"), pdf.toByteArray());
        return Tool.run(folder, command).text();
    }

    private static String root() {
        return Samples.TRUST.anchors().stream()
                .filter(one -> one.getSubjectX500Principal().equals(one.getIssuerX500Principal()))
                .filter(one -> one.getPublicKey().getAlgorithm().equals("RSA"))
                .map(Certificates::pem)
                .findFirst()
                .orElseThrow();
    }

    static int[] lastRange(byte[] pdf) {
        var matcher = Pattern.compile("/ByteRange ?\\[ ?(\\d+) (\\d+) (\\d+) (\\d+) ?\\]")
                .matcher(new String(pdf, StandardCharsets.ISO_8859_1));
        var range = new int[4];
        while (matcher.find()) {
            for (int i = 0; i < 4; i++) {
                range[i] = Integer.parseInt(matcher.group(i + 1));
            }
        }
        return range;
    }

    static byte[] signedBytes(byte[] pdf, int[] range) {
        var signed = Arrays.copyOf(pdf, range[1] + range[3]);
        System.arraycopy(pdf, range[2], signed, range[1], range[3]);
        return signed;
    }

    static byte[] cms(byte[] pdf, int[] range) throws Exception {
        var hex = new String(pdf, range[1] + 1, range[2] - range[1] - 2, StandardCharsets.US_ASCII);
        var padded = java.util.HexFormat.of().parseHex(hex);
        try (var input = new org.bouncycastle.asn1.ASN1InputStream(padded)) {
            return input.readObject().getEncoded();
        }
    }
}
