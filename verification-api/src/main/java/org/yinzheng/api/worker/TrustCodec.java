package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.Listing;
import org.yinzheng.signing.certificate.OcspResponse;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.trustlist.ListedTrust;
import org.yinzheng.signing.trustlist.RegionProfile;
import org.yinzheng.signing.trustlist.TrustListJson;

/// Whom we believe, on the way into a worker: lists of DER, of key sets and trust lists, the text of the policy. What
/// fetches stays in the
/// service; the worker asks it.
final class TrustCodec {
    private static final JsonMapper JSON = new JsonMapper();

    private TrustCodec() {}

    /// @throws IllegalArgumentException for a listing of another kind: believing without it would be too much
    static byte[] write(Trust trust) {
        var known = trust.knownSigners();
        return writeLists(
                ders(trust.anchors()),
                ders(trust.sealMakers()),
                trust.crls().stream().map(Certificates::der).toList(),
                responses(trust.ocsps()),
                List.of(trust.policy().text().getBytes(UTF_8)),
                ders(trust.between()),
                ders(known.certificates()),
                known.keySets().stream().map(DocumentBytes::toByteArray).toList(),
                trust.listings().stream().map(TrustCodec::listing).toList());
    }

    /// @param source whom to ask for revocation data that is not in there
    static Trust read(byte[] bytes, RevocationSource source) throws IOException {
        var lists = readLists(bytes, 9);
        var trust = new Trust(certificates(lists.get(0)), certificates(lists.get(1)), List.of())
                .with(RevocationData.read(lists.get(2), lists.get(3)))
                .withPolicy(AlgorithmPolicy.parse(new String(lists.get(4).getFirst(), UTF_8)))
                .withCertificates(certificates(lists.get(5)))
                .with(new KnownSigners(
                        certificates(lists.get(6)),
                        lists.get(7).stream().map(DocumentBytes::owning).toList()))
                .with(source);
        for (var listing : lists.get(8)) {
            trust = trust.with(listing(listing));
        }
        return trust;
    }

    private static byte[] listing(Listing listing) {
        if (!(listing instanceof ListedTrust listed)) {
            throw new IllegalArgumentException("a listing that cannot be handed to a worker");
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.set("list", TrustListJson.write(listed.list()));
        listed.profile().ifPresent(profile -> json.set("profile", profile.toJson()));
        return json.toString().getBytes(UTF_8);
    }

    private static ListedTrust listing(byte[] bytes) throws IOException {
        var json = JSON.readTree(bytes);
        var profile = json.has("profile")
                ? Optional.of(RegionProfile.read(json.path("profile")))
                : Optional.<RegionProfile>empty();
        return new ListedTrust(TrustListJson.read(json.path("list")), profile);
    }

    static byte[] write(RevocationData data) {
        return writeLists(data.crls().stream().map(Certificates::der).toList(), responses(data.ocsps()));
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

    private static List<byte[]> ders(Collection<X509Certificate> certificates) {
        return certificates.stream().map(Certificates::der).toList();
    }

    private static List<byte[]> responses(Collection<OcspResponse> responses) {
        return responses.stream()
                .map(OcspResponse::der)
                .map(DocumentBytes::toByteArray)
                .toList();
    }
}
