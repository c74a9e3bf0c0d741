package org.yinzheng.testdata.corpus.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Expected;
import org.yinzheng.testdata.corpus.OtherKey;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;

/// Every signature algorithm that XML of others has (XMLDSig 1.1 §6, RFC 9231), each once as it was signed, once with
/// its content changed, and once with its value.
final class XmlSuites {
    private static final String MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#";
    private static final String MORE_2021 = "http://www.w3.org/2021/04/xmldsig-more#";
    private static final Expected FOREIGN = Expected.intactBut(Gap.SIGNING_CERTIFICATE_UNNAMED);
    private static final Expected OLD = Expected.intactBut(Gap.SIGNING_CERTIFICATE_UNNAMED, Gap.ALGORITHM_WEAK);

    private final CorpusAuthority authority;
    private final List<Specimen> all = new ArrayList<>();

    XmlSuites(CorpusAuthority authority) {
        this.authority = authority;
    }

    List<Specimen> all() {
        other("ecdsa-p384-sha384", OtherKey.P_384, Producer.MORE + "ecdsa-sha384", FOREIGN);
        other("ecdsa-p521-sha512", OtherKey.P_521, Producer.MORE + "ecdsa-sha512", FOREIGN);
        other("ecdsa-brainpool-sha256", OtherKey.BRAINPOOL_P256, Producer.MORE + "ecdsa-sha256", FOREIGN);
        other("ecdsa-secp256k1-sha256", OtherKey.SECP256K1, Producer.MORE + "ecdsa-sha256", FOREIGN);
        other("ed25519", OtherKey.ED25519, MORE_2021 + "eddsa-ed25519", FOREIGN);
        other("ed448", OtherKey.ED448, MORE_2021 + "eddsa-ed448", FOREIGN);
        other("dsa-sha256", OtherKey.DSA, "http://www.w3.org/2009/xmldsig11#dsa-sha256", OLD);
        suite("ecdsa-p256-sha1", OLD, () -> new Producer(authority.signer(Party.P256))
                .with(Producer.MORE + "ecdsa-sha1", "SHA1withECDSA"));
        suite("ecdsa-p256-sha3", FOREIGN, () -> new Producer(authority.signer(Party.P256))
                .with(MORE_2021 + "ecdsa-sha3-256", "SHA3-256withECDSA")
                .digest(MORE_2007 + "sha3-256"));
        suite("rsa-sha224", FOREIGN, () -> rsa().with(Producer.MORE + "rsa-sha224", "SHA224withRSA")
                .digest(Producer.MORE + "sha224"));
        suite("rsa-sha384", FOREIGN, () -> rsa().with(Producer.MORE + "rsa-sha384", "SHA384withRSA")
                .digest(Producer.MORE + "sha384"));
        suite("rsa-md5", OLD, () -> rsa().with(Producer.MORE + "rsa-md5", "MD5withRSA"));
        suite("rsa-pss-sha256", FOREIGN, () -> rsa().withPss(
                        MORE_2007 + "sha256-rsa-MGF1", "", SignatureScheme.PSS_SHA256));
        suite("rsa-pss-sha512", FOREIGN, () -> rsa().withPss(
                        MORE_2007 + "sha512-rsa-MGF1",
                        "",
                        SignatureScheme.pss("SHA-512", "SHA-512", 64).orElseThrow()));
        suite("rsa-pss-usual-parameters", FOREIGN, () -> rsa().withPss(
                        MORE_2007 + "rsa-pss", "", SignatureScheme.PSS_SHA256));
        suite("rsa-pss-other-parameters", FOREIGN, () -> rsa().withPss(
                        MORE_2007 + "rsa-pss",
                        "<pss:RSAPSSParams xmlns:pss=\"" + MORE_2007 + "\"><ds:DigestMethod Algorithm=\""
                                + XmlValid.SHA_512
                                + "\"/><pss:MaskGenerationFunction Algorithm=\"" + MORE_2007 + "MGF1\">"
                                + "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
                                + "</pss:MaskGenerationFunction><pss:SaltLength>20</pss:SaltLength></pss:RSAPSSParams>",
                        SignatureScheme.pss("SHA-512", "SHA-256", 20).orElseThrow()));
        return all;
    }

    private Producer rsa() {
        return new Producer(authority.signer(Party.RSA));
    }

    private void other(String name, OtherKey key, String uri, Expected expected) {
        suite(name, expected, () -> new Producer(authority.signer(key)).with(uri, key.jcaName()));
    }

    private void suite(String name, Expected expected, Supplier<Producer> producer) {
        Supplier<String> signed = () -> new String(
                producer.get()
                        .over("", Producer.ENVELOPED)
                        .sign(XmlPapers.TEMPLATE)
                        .toByteArray(),
                UTF_8);
        add("xml-valid-" + name, Specimen.VALID, name, expected, signed, text -> text);
        add(
                "xml-x2-" + name + "-content-changed",
                "X2",
                name + ", the content changed after signing",
                Expected.modified(Flaw.HASH_FAILURE),
                signed,
                text -> text.replace("某公司", "另一公司"));
        add(
                "xml-x2-" + name + "-value-changed",
                "X2",
                name + ", the value changed",
                Expected.modified(Flaw.SIG_CRYPTO_FAILURE),
                signed,
                XmlSuites::otherValue);
    }

    private void add(
            String name,
            String attack,
            String made,
            Expected expected,
            Supplier<String> signed,
            UnaryOperator<String> change) {
        all.add(new Specimen(
                name,
                "XML",
                attack,
                made,
                expected,
                () -> DocumentBytes.owning(change.apply(signed.get()).getBytes(UTF_8))));
    }

    /// One character of the Base64, in the middle of what is the second number where there are two.
    private static String otherValue(String text) {
        int end = text.indexOf("</ds:SignatureValue>") - 20;
        return text.substring(0, end) + (text.charAt(end) == 'A' ? 'B' : 'A') + text.substring(end + 1);
    }
}
