package org.yinzheng.registry.seals;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;

/// The keys of registered seals, ready to sign.
public final class SealSigners {
    private final KeyCustodian custodian;
    private final Supplier<Trust> trust;
    private final Clock clock;

    /// @param trust by which the seals' certificates are judged before each use
    public SealSigners(KeyCustodian custodian, Supplier<Trust> trust, Clock clock) {
        this.custodian = custodian;
        this.trust = trust;
        this.clock = clock;
    }

    /// Why a stamp with these keys would not be believed now: a certificate was revoked, expired, is not trusted any
    /// more, or nobody knows whether it was revoked.
    public Optional<Refusal> refuse(SealRecord.Made made) {
        for (var signer : made.signers()) {
            try {
                CertificateIntake.check(signer.chain().getFirst(), signer.chain(), trust.get(), clock.instant());
            } catch (InvalidInput bad) {
                return Optional.of(new Refusal.BadCertificate(bad.code()));
            }
        }
        return Optional.empty();
    }

    /// @throws Failure.NotDone when the token is away, or is another one than the seal's keys were made on
    public Signer signer(SealRecord.Made made, Suite suite) {
        var recorded = made.signer(suite)
                .orElseThrow(() -> new Failure.NotDone("the seal has no key of the suite " + suite, null));
        var key = custodian
                .find(recorded.label())
                .orElseThrow(() -> new Failure.NotDone(
                        "the token does not hold the key " + recorded.label() + ": bring the token back", null));
        return new Signer(key, recorded.chain());
    }
}
