package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.yinzheng.signing.verdict.Check;

/// A list that says more of an anchor than that it is one: for what, from when until when, under which conditions.
/// What no list knows is believed as the operator's folder has it.
public interface Listing {
    /// For what a certificate was used.
    enum Role {
        SIGNER,
        TIMESTAMPER
    }

    /// @param path from the certificate up
    /// @return empty when the list knows no certificate of the path
    List<Check> judge(List<X509Certificate> path, Role role, Moment moment);

    /// What is to be known of a seal before its maker is judged.
    ///
    /// @param id as the seal has it
    /// @param type the type code
    /// @param signers certificates of those who may use it, as far as they are known; asked when that matters
    record OfSeal(String id, int type, Supplier<List<X509Certificate>> signers) {}

    /// @return empty when it is not on the list
    List<Check> judgeSealMaker(X509Certificate maker, OfSeal seal, Moment moment);

    /// Whether the list says that the authority publishes no revocation data; empty when it does not know it.
    Optional<Boolean> acceptsSilence(X509Certificate anchor);

    /// Whether the authority that issues such a licence is among the signers; empty when the list cannot tell.
    ///
    /// @param licenceId GB/T 36904
    /// @param signers subjects (RFC 4514) of certificates whose signatures hold
    Optional<Check> judgeIssuer(String licenceId, Collection<String> signers);
}
