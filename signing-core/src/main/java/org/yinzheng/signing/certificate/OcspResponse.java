package org.yinzheng.signing.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Memo;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.policy.Use;

/// An answer of a certificate status service (RFC 6960), taken apart and not believed yet: it counts when the issuer
/// of the certificate signed it, or somebody whom that issuer certified for it. A nonce is not asked for: answers are
/// kept and shared.
public final class OcspResponse {
    public static final int LARGEST = 256 << 10;

    /// An answer that names no end is overtaken by any newer one (RFC 6960 §4.2.2.1): it is taken for current this
    /// long.
    private static final Duration WITHOUT_NEXT_UPDATE = Duration.ofHours(24);

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final String NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    private static final int MOST_ANSWERS = 500;

    private final DocumentBytes der;
    private final BasicOCSPResponse basic;
    private final ResponseData data;
    private final byte[] signed;
    private final byte[] value;
    private final Instant producedAt;
    private final List<Answer> answers;
    private final List<X509Certificate> certificates;
    private final Memo<List<X509Certificate>, Boolean> signers = Certificates.memo(20);
    private final Memo<List<X509Certificate>, Boolean> delegates = Certificates.memo(20);

    private record Answer(
            CertID id,
            boolean known,
            Optional<Statement.Revoked> revoked,
            Instant thisUpdate,
            Optional<Instant> nextUpdate,
            Optional<Instant> archiveCutoff) {}

    private OcspResponse(byte[] der) throws IOException, ParseException {
        var received = ASN1Sequence.getInstance(basic(der));
        this.der = DocumentBytes.owning(outer(received).getEncoded());
        basic = BasicOCSPResponse.getInstance(received);
        data = basic.getTbsResponseData();
        signed = received.getObjectAt(0).toASN1Primitive().getEncoded();
        value = basic.getSignature().getOctets();
        if (hasCritical(data.getResponseExtensions())
                || data.getResponses().size() > MOST_ANSWERS
                || data.getResponderID().toASN1Primitive() == null) {
            throw malformed();
        }
        producedAt = data.getProducedAt().getDate().toInstant();
        answers = new ArrayList<>();
        for (var element : data.getResponses()) {
            answer(SingleResponse.getInstance(element)).ifPresent(answers::add);
        }
        certificates = new ArrayList<>();
        for (var element : basic.getCerts() == null
                ? new ASN1Encodable[0]
                : basic.getCerts().toArray()) {
            certificates.add(Certificates.parse(element.toASN1Primitive().getEncoded(ASN1Encoding.DER)));
        }
    }

    /// @param der an OCSPResponse, or the BasicOCSPResponse in it
    /// @throws InvalidInput `ocsp-form`, also for an answer that is an error
    public static OcspResponse parse(byte[] der) {
        if (der.length > LARGEST) {
            throw malformed();
        }
        try {
            return new OcspResponse(der);
        } catch (IOException
                | ParseException
                | IllegalArgumentException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | ArithmeticException e) {
            // Bouncy Castle throws all of these for ASN.1 of another form. Here they mean "malformed".
            throw malformed();
        }
    }

    /// An OCSPResponse, also when the basic response came alone.
    public DocumentBytes der() {
        return der;
    }

    /// Those that came with it.
    public List<X509Certificate> certificates() {
        return List.copyOf(certificates);
    }

    /// Whether the certificate is that of its responder, by name or key; says nothing about trust.
    public boolean isBy(X509Certificate responder) {
        var id = data.getResponderID();
        if (id.getName() != null) {
            return id.getName()
                    .equals(X500Name.getInstance(
                            responder.getSubjectX500Principal().getEncoded()));
        }
        return Arrays.equals(id.getKeyHash(), digest("SHA-1", key(responder)));
    }

    /// What it says of the certificate, when those signed it who may and it knows the certificate.
    ///
    /// @param lists of the issuer: a responder that is revoked says nothing
    Optional<Statement> about(X509Certificate certificate, X509Certificate issuer, Collection<RevocationList> lists) {
        var found = answers.stream()
                .filter(Answer::known)
                .filter(answer -> isAbout(answer.id, certificate, issuer))
                .findFirst();
        return found.flatMap(answer -> authorised(issuer, lists).map(uses -> statement(answer, uses)));
    }

    private Statement statement(Answer answer, List<Use> uses) {
        return new Statement(
                answer.thisUpdate,
                answer.nextUpdate.orElse(answer.thisUpdate.plus(WITHOUT_NEXT_UPDATE)),
                answer.archiveCutoff,
                answer.revoked,
                uses,
                "OCSP " + answer.thisUpdate,
                new RevocationData(List.of(), List.of(this)));
    }

    /// Signed by the issuer itself, whose key its path is judged by, or by a responder that the issuer certified for
    /// this (RFC 6960 §4.2.2.2).
    ///
    /// @return what that rests on; empty when it is neither
    private Optional<List<Use>> authorised(X509Certificate issuer, Collection<RevocationList> lists) {
        var own = Algorithms.scheme(basic.getSignatureAlgorithm())
                .<Use>map(scheme -> new Use.OfScheme("OCSP response", scheme));
        if (isBy(issuer) && verifies(issuer)) {
            return own.map(List::of);
        }
        return certificates.stream()
                .filter(this::isBy)
                .filter(responder -> isDelegate(responder, issuer, lists))
                .filter(this::verifies)
                .findFirst()
                .flatMap(responder -> own.map(scheme -> List.of(
                        scheme,
                        new Use.OfKey("OCSP responder", responder.getPublicKey()),
                        new Use.OfScheme(
                                "certificate of the OCSP responder",
                                Algorithms.scheme(responder).orElseThrow()))));
    }

    private boolean isDelegate(X509Certificate responder, X509Certificate issuer, Collection<RevocationList> lists) {
        try {
            var purposes = responder.getExtendedKeyUsage();
            var usage = responder.getKeyUsage();
            return purposes != null
                    && purposes.contains(OCSP_SIGNING)
                    && (usage == null || usage[0] || usage[1])
                    && responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    && !producedAt
                            .plus(CLOCKS_DIFFER)
                            .isBefore(responder.getNotBefore().toInstant())
                    && !producedAt.isAfter(responder.getNotAfter().toInstant())
                    && delegates.find(
                            List.of(responder, issuer), asked -> CertificatePath.isSignedBy(responder, issuer))
                    && (responder.getExtensionValue(NO_CHECK) != null
                            || lists.stream()
                                    .flatMap(list -> list.about(responder, issuer).stream())
                                    .noneMatch(said -> said.revoked().isPresent()));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private boolean verifies(X509Certificate responder) {
        return signers.find(List.of(responder), asked -> {
            var scheme = Algorithms.scheme(basic.getSignatureAlgorithm());
            return scheme.isPresent() && scheme.get().verify(responder.getPublicKey(), signed, value);
        });
    }

    private static boolean isAbout(CertID id, X509Certificate certificate, X509Certificate issuer) {
        var digest = Algorithms.digestName(id.getHashAlgorithm().getAlgorithm().getId());
        return id.getSerialNumber().getValue().equals(certificate.getSerialNumber())
                && digest.isPresent()
                && Arrays.equals(
                        id.getIssuerNameHash().getOctets(),
                        digest(
                                digest.get(),
                                certificate.getIssuerX500Principal().getEncoded()))
                && Arrays.equals(id.getIssuerKeyHash().getOctets(), digest(digest.get(), key(issuer)));
    }

    /// Empty when a critical extension would have to be understood.
    private static Optional<Answer> answer(SingleResponse single) throws ParseException, IOException {
        var extensions = single.getSingleExtensions();
        if (hasCritical(extensions)) {
            return Optional.empty();
        }
        BigInteger serial = single.getCertID().getSerialNumber().getValue();
        if (serial.bitLength() > 8 * 64) {
            throw malformed();
        }
        var status = single.getCertStatus();
        var revoked = Optional.<Statement.Revoked>empty();
        if (status.getTagNo() == 1) {
            var info = RevokedInfo.getInstance(status.getStatus());
            var reason = info.getRevocationReason();
            revoked = Optional.of(new Statement.Revoked(
                    info.getRevocationTime().getDate().toInstant(),
                    reason != null && reason.getValue().intValue() == CRLReason.certificateHold));
        }
        var next = single.getNextUpdate();
        var cutoff =
                extensions == null ? null : extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);
        return Optional.of(new Answer(
                single.getCertID(),
                status.getTagNo() != 2,
                revoked,
                single.getThisUpdate().getDate().toInstant(),
                next == null ? Optional.empty() : Optional.of(next.getDate().toInstant()),
                cutoff == null
                        ? Optional.empty()
                        : Optional.of(ASN1GeneralizedTime.getInstance(cutoff.getParsedValue())
                                .getDate()
                                .toInstant())));
    }

    /// OCSPResponse begins with an ENUMERATED, BasicOCSPResponse with a SEQUENCE.
    private static ASN1Primitive basic(byte[] der) throws IOException {
        var outer = ASN1Sequence.getInstance(der);
        if (outer.getObjectAt(0).toASN1Primitive() instanceof ASN1Sequence) {
            return outer;
        }
        var response = OCSPResponse.getInstance(outer);
        if (response.getResponseStatus().getIntValue() != 0
                || !response.getResponseBytes().getResponseType().equals(OCSPObjectIdentifiers.id_pkix_ocsp_basic)) {
            throw malformed();
        }
        return ASN1Primitive.fromByteArray(
                response.getResponseBytes().getResponse().getOctets());
    }

    private static OCSPResponse outer(ASN1Sequence basic) throws IOException {
        return new OCSPResponse(
                new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
                new ResponseBytes(OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(basic.getEncoded())));
    }

    private static boolean hasCritical(@org.jspecify.annotations.Nullable Extensions extensions) {
        return extensions != null && extensions.getCriticalExtensionOIDs().length > 0;
    }

    /// The bits of the public key, without algorithm: what RFC 6960 §4.1.1 hashes.
    private static byte[] key(X509Certificate certificate) {
        return Certificate.getInstance(Certificates.der(certificate))
                .getSubjectPublicKeyInfo()
                .getPublicKeyData()
                .getOctets();
    }

    private static byte[] digest(String name, byte[] bytes) {
        return Cryptography.digest(name).digest(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OcspResponse response && der.equals(response.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }

    private static InvalidInput malformed() {
        return new InvalidInput("ocsp-form", "", "not an OCSP response (RFC 6960) that says anything");
    }
}
