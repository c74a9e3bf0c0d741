package org.yinzheng.signing.time;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Algorithms;
import org.yinzheng.signing.cms.Ber;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// Our own timestamp authority (RFC 3161; GB/T 20520 with SM3 and SM2): it says that it saw a digest, and when. The
/// imprint's digest chooses the key: SM3 is signed with SM2, SHA-2 with RSA. Safe for many threads.
///
/// Serial numbers are 128 random bits. Every node of an installation issues under the same certificate, and none has
/// to ask another: no counter is kept that a restored backup could set back, and two equal ones are not met with
/// before some 2⁶⁴ tokens.
public final class TimestampAuthority implements TimestampSource {
    /// The policy of the demonstration: below 2.25 (ISO/IEC 9834-8), the arc under which anybody may use the number
    /// of a UUID of their own. An installation in earnest states its own.
    public static final String DEMONSTRATION_POLICY = "2.25.153445172417378748018426868588616645263.1";

    /// A request holds one digest. More than this is none.
    public static final int LARGEST_REQUEST = 16 << 10;

    private static final Set<String> IMPRINTS = Set.of("SHA-256", "SHA-384", "SHA-512", "SM3");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<Suite, Signer> signers;
    private final ASN1ObjectIdentifier policy;
    private final Clock clock;

    /// @param rsa,sm2 each with a certificate for timestamping alone
    /// @param policy the object identifier under which tokens are issued
    /// @throws IllegalArgumentException for a certificate that is not for timestamping, critically and alone
    public TimestampAuthority(Signer rsa, Signer sm2, String policy, Clock clock) {
        if (rsa.key().suite() != Suite.RSA_SHA256 || sm2.key().suite() != Suite.SM2_SM3) {
            throw new IllegalArgumentException("an authority has one key of RSA and one of SM2");
        }
        this.signers = Map.of(Suite.RSA_SHA256, rsa, Suite.SM2_SM3, sm2);
        this.policy = new ASN1ObjectIdentifier(policy);
        this.clock = clock;
        signers.values().forEach(signer -> new TokenMaker(signer, this.policy).generator());
    }

    @Override
    public DocumentBytes tokenOver(DocumentBytes digest, Suite suite) {
        var request = org.yinzheng.signing.time.TimestampRequest.over(digest, suite);
        return request.answeredBy(answer(request.der())).der();
    }

    /// Answers one request: a token, or a refusal that says why (PKIFailureInfo).
    ///
    /// @param request a TimeStampReq
    /// @return a TimeStampResp, DER
    /// @throws InvalidInput `timestamp-request` when the bytes are no TimeStampReq at all
    /// @throws org.yinzheng.signing.Failure.NotDone when the token with the key is away
    public DocumentBytes answer(DocumentBytes request) {
        return answer(parse(request), clock.instant());
    }

    private DocumentBytes answer(TimeStampRequest request, Instant now) {
        var digest =
                Algorithms.digestName(request.getMessageImprintAlgOID().getId()).filter(IMPRINTS::contains);
        if (request.getVersion() != 1) {
            return refused(PKIFailureInfo.badRequest, "only version 1 is known");
        }
        if (digest.isEmpty() || hasParameters(request)) {
            return refused(PKIFailureInfo.badAlg, "the imprint is made with SHA-256, SHA-384, SHA-512 or SM3");
        }
        if (request.getMessageImprintDigest().length
                != Cryptography.digest(digest.get()).getDigestLength()) {
            return refused(PKIFailureInfo.badDataFormat, "the imprint is not as long as its digest");
        }
        if (request.getReqPolicy() != null && !request.getReqPolicy().equals(policy)) {
            return refused(PKIFailureInfo.unacceptedPolicy, "the policy here is " + policy.getId());
        }
        if (request.hasExtensions()) {
            return refused(PKIFailureInfo.unacceptedExtension, "no extension is known");
        }
        var signer = signerFor(digest.get());
        var certificate = signer.certificate();
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            return refused(PKIFailureInfo.timeNotAvailable, "the clock is outside the period of the certificate");
        }
        return granted(request, new TokenMaker(signer, policy), now);
    }

    private Signer signerFor(String digest) {
        return Optional.ofNullable(signers.get(digest.equals("SM3") ? Suite.SM2_SM3 : Suite.RSA_SHA256))
                .orElseThrow();
    }

    /// A digest has none, or NULL.
    private static boolean hasParameters(TimeStampRequest request) {
        var parameters = request.getMessageImprintAlgID().getParameters();
        return parameters != null && !parameters.equals(org.bouncycastle.asn1.DERNull.INSTANCE);
    }

    private static TimeStampRequest parse(DocumentBytes request) {
        if (request.size() > LARGEST_REQUEST) {
            throw noRequest();
        }
        var bytes = request.toByteArray();
        try {
            if (Ber.parse(bytes).end() != bytes.length) {
                throw noRequest();
            }
            return new TimeStampRequest(bytes);
        } catch (Ber.Malformed
                | IOException
                | IllegalArgumentException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | ArithmeticException e) {
            // Bouncy Castle throws all of these for ASN.1 of another form
            throw noRequest();
        }
    }

    private static InvalidInput noRequest() {
        return new InvalidInput("timestamp-request", "", "a timestamp request is the DER of a TimeStampReq (RFC 3161)");
    }

    private static DocumentBytes granted(TimeStampRequest request, TokenMaker maker, Instant now) {
        try {
            var token = maker.generator().generate(request, new BigInteger(128, RANDOM), Date.from(now));
            return answered(
                    new PKIStatusInfo(PKIStatus.granted),
                    token.toCMSSignedData().toASN1Structure());
        } catch (TSPException e) {
            throw new AssertionError("a request that has been checked is granted", e);
        }
    }

    private static DocumentBytes refused(int failure, String why) {
        var status = new PKIStatusInfo(PKIStatus.rejection, new PKIFreeText(why), new PKIFailureInfo(failure));
        return answered(status, null);
    }

    private static DocumentBytes answered(PKIStatusInfo status, @Nullable ContentInfo token) {
        try {
            return DocumentBytes.owning(new TimeStampResp(status, token).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }
}
