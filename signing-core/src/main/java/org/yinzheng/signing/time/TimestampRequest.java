package org.yinzheng.signing.time;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.NoSuchElementException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.cms.Ber;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.key.Suite;

/// One question to a timestamp authority, and what counts as its answer. Carries no bytes over any network.
public final class TimestampRequest {
    /// The content types of RFC 3161 §3.4.
    public static final String QUERY = "application/timestamp-query";

    public static final String REPLY = "application/timestamp-reply";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DocumentBytes digest;
    private final Suite suite;
    private final BigInteger nonce;
    private final DocumentBytes der;

    private TimestampRequest(DocumentBytes digest, Suite suite, BigInteger nonce, DocumentBytes der) {
        this.digest = digest;
        this.suite = suite;
        this.nonce = nonce;
        this.der = der;
    }

    /// Asks for a token with the authority's certificate in it. The nonce is new for each request.
    ///
    /// @param digest with the suite's own digest
    public static TimestampRequest over(DocumentBytes digest, Suite suite) {
        var nonce = new BigInteger(64, RANDOM);
        var generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        try {
            var der = generator
                    .generate(algorithm(suite), digest.toByteArray(), nonce)
                    .getEncoded();
            return new TimestampRequest(digest, suite, nonce, DocumentBytes.owning(der));
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }

    private static ASN1ObjectIdentifier algorithm(Suite suite) {
        return suite == Suite.SM2_SM3 ? GMObjectIdentifiers.sm3 : NISTObjectIdentifiers.id_sha256;
    }

    /// The TimeStampReq.
    public DocumentBytes der() {
        return der;
    }

    /// The token in an authority's answer, when it is an answer to this request: granted, over the same bytes, with
    /// this nonce and a right signature by the certificate inside. Whether that certificate is to be believed is
    /// for those to judge who read the token.
    ///
    /// @param response a TimeStampResp
    /// @throws Failure.NotDone when it is not; the message says what the authority did
    public TimestampToken answeredBy(DocumentBytes response) {
        var token = token(response);
        if (!token.nonce().map(nonce::equals).orElse(false)) {
            throw refused("answered another request: the nonce differs", null);
        }
        for (var check : token.checkBinding(hashed(), List.of())) {
            if (!check.passed()) {
                throw refused("sent a token that is wrong: " + check.step() + ", " + check.found(), null);
            }
        }
        return token;
    }

    private SignedBytes hashed() {
        return algorithm -> algorithm.getAlgorithm().equals(suite.digestName()) ? digest.toByteArray() : new byte[0];
    }

    private static TimestampToken token(DocumentBytes response) {
        if (response.size() > TimestampToken.LARGEST) {
            throw refused("sent more than " + (TimestampToken.LARGEST >> 10) + " kB", null);
        }
        var bytes = response.toByteArray();
        try {
            Ber.parse(bytes); // caps, before a real parser is let at the bytes
            var parsed = TimeStampResp.getInstance(bytes);
            var status = parsed.getStatus().getStatus().intValueExact();
            if (status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) {
                throw refused("refused with status " + status + failure(parsed), null);
            }
            if (parsed.getTimeStampToken() == null) {
                throw refused("granted a token and sent none", null);
            }
            return TimestampToken.parse(
                    DocumentBytes.owning(parsed.getTimeStampToken().getEncoded()));
        } catch (Ber.Malformed
                | IOException
                | IllegalArgumentException
                | ClassCastException
                | IllegalStateException
                | IndexOutOfBoundsException
                | NullPointerException
                | NoSuchElementException
                | ArithmeticException e) {
            // Bouncy Castle throws all of these for ASN.1 of another form; a broken token is InvalidInput
            throw refused("sent what is no answer" + (e instanceof InvalidInput ? ": " + e.getMessage() : ""), e);
        }
    }

    /// PKIFailureInfo as the number of its first bit, whose meaning RFC 3161 §2.4.2 lists.
    private static String failure(TimeStampResp response) {
        var info = response.getStatus().getFailInfo();
        if (info == null) {
            return "";
        }
        var bytes = info.getBytes(); // not octets: its last bits are padding
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                return ", failure " + bit;
            }
        }
        return "";
    }

    private static Failure.NotDone refused(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Failure.NotDone("the timestamp authority " + what, cause);
    }
}
