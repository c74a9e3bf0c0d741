package org.yinzheng.signing.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Report;

/// An authority with a signer of each suite, and a licence as XML.
final class XmlParties {
    static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    static final String LICENCE_ID = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0";

    final DemonstrationAuthority authority;

    XmlParties(Path directory) {
        authority = DemonstrationAuthority.open(
                new MemoryCustodian(), directory, Clock.fixed(AT.minusSeconds(3600), ZoneOffset.UTC));
    }

    Signer signer(Suite suite) {
        return authority.signer("印证市市场监督管理局", suite);
    }

    Trust trust() {
        return authority.trust();
    }

    DocumentBytes stamped(DocumentBytes document, Suite suite) {
        return new XmlStamper(Optional.empty())
                .stamp(document, XmlStamp.baseline(signer(suite), AT))
                .document();
    }

    Report verify(DocumentBytes document) {
        return new XmlVerifier(trust()).verify(document, AT);
    }

    Report verify(String document) {
        return verify(DocumentBytes.owning(document.getBytes(UTF_8)));
    }

    static DocumentBytes licence() {
        return LicenceXml.of(
                LICENCE_ID, new TreeMap<>(Map.of("ZZMC", "食品经营许可证", "CZZT", "甲 & 乙 <丙>", "ZZBFRQ", "20261121")));
    }

    static DocumentBytes xml(String text) {
        return DocumentBytes.owning(text.getBytes(UTF_8));
    }

    static String text(DocumentBytes document) {
        return new String(document.toByteArray(), UTF_8);
    }
}
