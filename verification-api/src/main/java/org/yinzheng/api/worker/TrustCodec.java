package org.yinzheng.api.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;

/// Whom we believe, on the way into a worker: lists of DER.
final class TrustCodec {
    private TrustCodec() {}

    static byte[] write(Trust trust) {
        var bytes = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(bytes)) {
            writeAll(output, trust.anchors().stream().map(Certificates::der).toList());
            writeAll(output, trust.sealMakers().stream().map(Certificates::der).toList());
            writeAll(output, trust.crls().stream().map(TrustCodec::der).toList());
        } catch (IOException e) {
            throw new AssertionError("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static Trust read(byte[] bytes) throws IOException {
        var input = new DataInputStream(new ByteArrayInputStream(bytes));
        var anchors = new HashSet<X509Certificate>();
        readAll(input).forEach(der -> anchors.add(Certificates.parse(der)));
        var sealMakers = new HashSet<X509Certificate>();
        readAll(input).forEach(der -> sealMakers.add(Certificates.parse(der)));
        var crls = new ArrayList<X509CRL>();
        readAll(input).forEach(der -> crls.add(Certificates.parseCrl(der)));
        return new Trust(anchors, sealMakers, crls);
    }

    private static void writeAll(DataOutputStream output, List<byte[]> all) throws IOException {
        output.writeInt(all.size());
        for (var one : all) {
            output.writeInt(one.length);
            output.write(one);
        }
    }

    private static List<byte[]> readAll(DataInputStream input) throws IOException {
        int count = input.readInt();
        var all = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            all.add(input.readNBytes(input.readInt()));
        }
        return all;
    }

    private static byte[] der(X509CRL crl) {
        try {
            return crl.getEncoded();
        } catch (CRLException e) {
            throw new AssertionError("what was read can be written", e);
        }
    }
}
