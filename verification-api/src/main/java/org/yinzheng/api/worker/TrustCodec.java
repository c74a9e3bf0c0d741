package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.OcspResponse;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;

/// Whom we believe, on the way into a worker: lists of DER, and the text of the policy. What fetches stays in the
/// service; the worker asks it.
final class TrustCodec {
    private TrustCodec() {}

    /// @throws IllegalArgumentException for what a worker could not judge by: believing without it would be too much
    static byte[] write(Trust trust) {
        if (!trust.listings().isEmpty()) {
            throw new IllegalArgumentException("workers cannot judge by trust lists");
        }
        return writeLists(
                trust.anchors().stream().map(Certificates::der).toList(),
                trust.sealMakers().stream().map(Certificates::der).toList(),
                trust.crls().stream().map(Certificates::der).toList(),
                ders(trust.ocsps()),
                List.of(trust.policy().text().getBytes(UTF_8)));
    }

    /// @param source whom to ask for revocation data that is not in there
    static Trust read(byte[] bytes, RevocationSource source) throws IOException {
        var lists = readLists(bytes, 5);
        return new Trust(certificates(lists.get(0)), certificates(lists.get(1)), List.of())
                .with(RevocationData.read(lists.get(2), lists.get(3)))
                .withPolicy(AlgorithmPolicy.parse(new String(lists.get(4).getFirst(), UTF_8)))
                .with(source);
    }

    static byte[] write(RevocationData data) {
        return writeLists(data.crls().stream().map(Certificates::der).toList(), ders(data.ocsps()));
    }

    static RevocationData readRevocationData(byte[] bytes) throws IOException {
        var lists = readLists(bytes, 2);
        return RevocationData.read(lists.get(0), lists.get(1));
    }

    @SafeVarargs
    static byte[] writeLists(List<byte[]>... lists) {
        var bytes = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(bytes)) {
            for (var list : lists) {
                output.writeInt(list.size());
                for (var one : list) {
                    output.writeInt(one.length);
                    output.write(one);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /// @throws IOException for anything but `count` lists; allocates no more than `bytes` holds
    static List<List<byte[]>> readLists(byte[] bytes, int count) throws IOException {
        var input = new DataInputStream(new ByteArrayInputStream(bytes));
        var lists = new ArrayList<List<byte[]>>();
        for (int i = 0; i < count; i++) {
            var list = new ArrayList<byte[]>();
            for (int left = input.readInt(); left > 0; left--) {
                int length = input.readInt();
                if (length < 0 || length > input.available()) {
                    throw new IOException("not a list");
                }
                list.add(input.readNBytes(length));
            }
            lists.add(list);
        }
        if (input.available() > 0) {
            throw new IOException("something follows the lists");
        }
        return lists;
    }

    private static Set<X509Certificate> certificates(Collection<byte[]> ders) {
        return ders.stream().map(Certificates::parse).collect(Collectors.toUnmodifiableSet());
    }

    private static List<byte[]> ders(Collection<OcspResponse> responses) {
        return responses.stream()
                .map(OcspResponse::der)
                .map(DocumentBytes::toByteArray)
                .toList();
    }
}
