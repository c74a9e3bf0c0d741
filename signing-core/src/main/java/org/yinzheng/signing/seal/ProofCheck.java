package org.yinzheng.signing.seal;

import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.Sm2;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// The mathematics of one signature value in a seal or a stamp: key, algorithm and value have to fit each other.
final class ProofCheck {
    /// SM3withSM2, and the names of the bare algorithm that some writers put in its place.
    private static final Set<String> SM2_NAMES =
            Set.of(Suite.SM2_SM3.oid(), "1.2.156.10197.1.301", "1.2.156.10197.1.301.1");

    private final String step;
    private final int version;
    private final Seal.Proof proof;
    private final Flaw wrong;
    private final Flaw disagree;

    private ProofCheck(String step, int version, Seal.Proof proof, Flaw wrong, Flaw disagree) {
        this.step = step;
        this.version = version;
        this.proof = proof;
        this.wrong = wrong;
        this.disagree = disagree;
    }

    static Check ofMaker(Seal seal) {
        var flaw = Flaw.SEAL_SIGNATURE_INVALID;
        return new ProofCheck("seal-signature", seal.version(), seal.proof(), flaw, flaw).check();
    }

    static Check ofSigner(Stamp stamp) {
        var disagree = Flaw.ALGORITHMS_DISAGREE;
        return new ProofCheck(
                        "stamp-signature", stamp.seal().version(), stamp.proof(), Flaw.SIG_CRYPTO_FAILURE, disagree)
                .check();
    }

    private Check check() {
        var key = proof.certificate().getPublicKey();
        boolean namesSm2 = SM2_NAMES.contains(proof.algorithm());
        var other = SignatureScheme.of(proof.algorithm()).filter(scheme -> !scheme.equals(SignatureScheme.SM2_SM3));
        if (Sm2.isSm2(key)) {
            return other.isPresent() ? fail(disagrees("an SM2"), disagree) : sm2(namesSm2);
        }
        if (namesSm2) {
            return fail(disagrees("another kind of"), disagree);
        }
        // Version 1 knows RSA too, also with SHA-1: how long that counted, the policy tells.
        if (version != Seal.V1 || !(key instanceof RSAPublicKey) || other.isEmpty()) {
            return fail("algorithm " + proof.algorithm() + " is not known here", Gap.ALGORITHM_UNKNOWN);
        }
        var message = proof.signed().toByteArray();
        return other.get().verify(key, message, proof.signature().toByteArray())
                ? pass(other.get().jcaName() + " verifies")
                : fail("the value does not verify with the certificate", wrong);
    }

    /// DER as GB/T 35276 wants it, or the raw r‖s that one provincial platform writes.
    private Check sm2(boolean named) {
        var key = proof.certificate().getPublicKey();
        var message = proof.signed().toByteArray();
        var value = proof.signature().toByteArray();
        boolean der = Sm2.verify(key, message, value);
        if (!der && !Sm2.verifyRaw(key, message, value)) {
            return isEncoded(value)
                    ? fail("the value does not verify with the certificate", wrong)
                    : fail("the value is neither DER of two numbers nor 64 bytes", Flaw.ENCODING_INVALID);
        }
        if (!named) {
            return fail("SM3withSM2 verifies, under the name " + proof.algorithm(), Gap.ALGORITHM_UNKNOWN);
        }
        return pass(der ? "SM3withSM2 verifies" : "SM3withSM2 verifies; raw r‖s, not DER as GB/T 35276 wants");
    }

    private static boolean isEncoded(byte[] value) {
        if (value.length == 64) {
            return true;
        }
        try {
            for (var number : Der.whole(value, "signature").sequence(2, 2)) {
                number.natural();
            }
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }

    private String disagrees(String key) {
        return "algorithm " + proof.algorithm() + " does not go with " + key + " key";
    }

    private Check pass(String found) {
        return Check.passed(step, found, Seal.standard(version));
    }

    private Check fail(String found, Reason reason) {
        return Check.failed(step, found, Seal.standard(version), reason);
    }
}
