package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.util.List;
import org.yinzheng.signing.DocumentBytes;

/// Is told what a judgement rests on, so that it can be kept beside the document.
public interface Witness {
    Witness NONE = new Witness() {
        @Override
        public void path(List<X509Certificate> path, RevocationData used, Moment moment) {}

        @Override
        public void timestamp(DocumentBytes token) {}
    };

    /// @param used what was known of the revocation of its certificates
    void path(List<X509Certificate> path, RevocationData used, Moment moment);

    /// @param token a TimeStampToken that was looked at, DER
    void timestamp(DocumentBytes token);
}
