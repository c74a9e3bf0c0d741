package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.trustlist.ListedTrust;
import org.yinzheng.signing.trustlist.RegionProfile;
import org.yinzheng.signing.trustlist.TrustEntry;
import org.yinzheng.signing.trustlist.TrustList;
import org.yinzheng.signing.verdict.Bilingual;

class TrustCodecTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void everythingThatIsBelieved_reachesTheWorker() throws Exception {
        var folder = Trust.load(Path.of(Objects.requireNonNull(TrustCodecTest.class.getResource("trust"))
                .toURI()));
        var keys = DocumentBytes.owning("{\"keys\":[]}".getBytes(UTF_8));
        var trust = folder.withPolicy(AlgorithmPolicy.standard())
                .withCertificates(folder.anchors())
                .with(new KnownSigners(folder.sealMakers(), List.of(keys)))
                .with(new ListedTrust(list(folder), Optional.of(RegionProfile.standard(AT))));
        var read = TrustCodec.read(TrustCodec.write(trust), RevocationSource.NONE);
        assertThat(read.anchors()).isEqualTo(trust.anchors()).isNotEmpty();
        assertThat(read.crls()).hasSameSizeAs(trust.crls()).isNotEmpty();
        assertThat(read.knownSigners()).isEqualTo(trust.knownSigners());
        assertThat(read.listings()).isEqualTo(trust.listings());
        assertThat(read.between()).hasSameSizeAs(trust.between()).isNotEmpty();
    }

    @Test
    void revocationData_comesBackAsItWas() throws Exception {
        var folder = Trust.load(Path.of(Objects.requireNonNull(TrustCodecTest.class.getResource("trust"))
                .toURI()));
        var data = new RevocationData(folder.crls(), List.of());
        assertThat(TrustCodec.readRevocationData(TrustCodec.write(data)).crls()).hasSameSizeAs(data.crls());
    }

    @Test
    void bytesThatAreNoLists_areRefusedBeforeAnythingIsAllocated() {
        for (var bytes : List.of(new byte[0], new byte[] {0, 0, 0, 1, 127, -1, -1, -1}, new byte[] {0, 0, 0, 0, 9})) {
            assertThatThrownBy(() -> TrustCodec.readLists(bytes, 1)).isInstanceOf(IOException.class);
        }
    }

    private static TrustList list(Trust trust) {
        var entry = new TrustEntry(
                TrustEntry.Kind.CA,
                new Bilingual("甲", "one"),
                Optional.empty(),
                List.copyOf(trust.anchors()),
                AT,
                Optional.empty(),
                List.of(),
                true);
        return new TrustList("350200", new Bilingual("海州", "Haizhou"), 1, AT, AT.plusSeconds(9), List.of(entry));
    }
}
