package org.yinzheng.signing.pdf;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.OcspResponse;
import org.yinzheng.signing.certificate.RevocationData;

/// What a document brings to prove its signatures with: the document security store (ETSI EN 319 142-1 §5.4). The
/// certificates help to find paths and are never believed; lists and OCSP responses count when their issuer signed
/// them. What cannot be read is as good as not there.
record ValidationData(List<X509Certificate> certificates, RevocationData revocation) {
    static final ValidationData NONE = new ValidationData(List.of(), RevocationData.NONE);

    private static final COSName DSS = COSName.getPDFName("DSS");
    private static final COSName CERTS = COSName.getPDFName("Certs");
    private static final COSName CRLS = COSName.getPDFName("CRLs");
    private static final COSName OCSPS = COSName.getPDFName("OCSPs");
    private static final int MOST = 50;
    private static final int MOST_BYTES = 16 << 20;

    static ValidationData of(PdfFile revision, Budget budget) {
        var store = revision.catalog().map(catalog -> catalog.getCOSDictionary(DSS));
        return new ValidationData(
                read(store.map(dss -> dss.getCOSArray(CERTS)), Certificates::parse, budget),
                new RevocationData(
                        read(store.map(dss -> dss.getCOSArray(CRLS)), Certificates::parseCrl, budget),
                        read(store.map(dss -> dss.getCOSArray(OCSPS)), OcspResponse::parse, budget)));
    }

    private static <T> List<T> read(Optional<COSArray> streams, Function<byte[], T> parser, Budget budget) {
        var read = new ArrayList<T>();
        int left = MOST_BYTES;
        for (int i = 0; i < Math.min(streams.map(COSArray::size).orElse(0), MOST); i++) {
            budget.step();
            if (streams.orElseThrow().getObject(i) instanceof BoundedStream stream) {
                var bytes = stream.unpacked().orElse(new byte[0]);
                left -= bytes.length;
                if (left < 0) {
                    break;
                }
                parsed(bytes, parser).ifPresent(read::add);
            }
        }
        return List.copyOf(read);
    }

    private static <T> Optional<T> parsed(byte[] bytes, Function<byte[], T> parser) {
        try {
            return Optional.of(parser.apply(bytes));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }
}
