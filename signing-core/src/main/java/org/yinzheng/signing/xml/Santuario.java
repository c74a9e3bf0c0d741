package org.yinzheng.signing.xml;

import java.security.Provider;
import java.security.Security;
import org.apache.xml.security.Init;
import org.apache.xml.security.algorithms.JCEMapper;
import org.apache.xml.security.algorithms.SignatureAlgorithm;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.yinzheng.signing.digest.Sm3;

/// Santuario with SM2 and SM3. It keeps its algorithms in static tables and asks the JVM for digests by name only, so
/// that SM3 must be one of the JVM's: the last provider of the list gives it and nothing else, and takes nothing from
/// anybody. Done once, before the first use; class initialisation makes that safe.
final class Santuario {
    private static final boolean READY = register();

    private Santuario() {}

    /// Must have been called before Santuario is.
    static void ready() {
        if (!READY) {
            throw new AssertionError("class initialisation either succeeds or throws");
        }
    }

    private static boolean register() {
        Init.init();
        Security.addProvider(new Sm3Provider());
        var digest = new JCEMapper.Algorithm("", "SM3", "MessageDigest");
        JCEMapper.register(XmlAlgorithms.SM3, digest);
        JCEMapper.register(XmlAlgorithms.SM3_SEEN, digest);
        try {
            SignatureAlgorithm.register(XmlAlgorithms.SM2_SM3, Sm2Algorithm.class);
            SignatureAlgorithm.register(XmlAlgorithms.SM2_SM3_SEEN, Sm2Algorithm.Seen.class);
        } catch (XMLSecurityException | ClassNotFoundException e) {
            throw new IllegalStateException("Santuario knows another SM2 already", e);
        }
        return true;
    }

    private static final class Sm3Provider extends Provider {
        private static final long serialVersionUID = 1;

        Sm3Provider() {
            super("Yinzheng-SM3", "1", "SM3, for Santuario");
            putService(new Service(this, "MessageDigest", "SM3", Sm3.class.getName(), null, null) {
                @Override
                public Object newInstance(Object parameter) {
                    return new Sm3();
                }
            });
        }
    }
}
