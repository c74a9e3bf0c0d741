package org.yinzheng.hsm.token;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/// One opening of the token: logged in, with the key handles that are valid until it is closed. After the token
/// was lost there is another one; nobody keeps this object or its keys beyond one [Token#use].
public final class OpenToken {
    static final String SEALING_KEY = "yinzheng-sealing-key";

    private final Cryptoki cryptoki;
    private final TokenFolder folder;
    private final TokenInfo info;
    private final long session; // held open: the process stays logged in as long as it has a session
    private final TokenObjects objects;
    private final Provider provider;
    private final KeyStore keys;
    private final Map<String, PrivateKey> handles = new ConcurrentHashMap<>();
    private volatile @Nullable SecretKey sealingKey;

    private OpenToken(
            Cryptoki cryptoki, TokenFolder folder, TokenInfo info, long session, Provider provider, KeyStore keys) {
        this.cryptoki = cryptoki;
        this.folder = folder;
        this.info = info;
        this.session = session;
        this.objects = new TokenObjects(cryptoki, session);
        this.provider = provider;
        this.keys = keys;
    }

    /// Logs in and looks what keys there are. The library has been initialised.
    static OpenToken open(Cryptoki cryptoki, TokenFolder folder, Path library, TokenInfo info) throws TokenUnavailable {
        if (info.userPinLocked()) {
            throw new TokenUnavailable(TokenFault.PIN_LOCKED, "", null);
        }
        if (info.userPinFinalTry()) {
            throw new TokenUnavailable(TokenFault.PIN_LAST_TRY, "", null);
        }
        try (var pin = Pin.read(folder.pinFile())) {
            if (pin.isEmpty()) {
                throw new TokenUnavailable(
                        TokenFault.PIN_FILE_MISSING, folder.pinFile().toString(), null);
            }
            var session = cryptoki.openSession(info.slot());
            login(cryptoki, session, pin);
            if (new TokenObjects(cryptoki, session).labelled(SEALING_KEY).size() > 1) {
                throw new TokenUnavailable(TokenFault.NO_SEALING_KEY, "more than one", null);
            }
            var provider = Security.getProvider("SunPKCS11").configure(sunPkcs11(library, info.slot()));
            var keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, null);
            return new OpenToken(cryptoki, folder, info, session, provider, keys);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new TokenUnavailable(
                    TokenFault.PIN_FILE_MISSING, folder.pinFile().toString(), e);
        } catch (CryptokiException | GeneralSecurityException | ProviderException | IOException e) {
            throw new TokenUnavailable(TokenFault.GONE, "", e);
        }
    }

    private static void login(Cryptoki cryptoki, long session, Pin pin) throws TokenUnavailable {
        try {
            cryptoki.loginUser(session, pin);
        } catch (CryptokiException e) {
            if (e.code() != CryptokiException.USER_ALREADY_LOGGED_IN) {
                throw TokenUnavailable.ofLogin(e);
            }
        }
    }

    /// Key pairs are token objects in both halves: a public key as session object would be destroyed by its
    /// handle when it is garbage collected, and after a re-opening that handle may be another object's.
    private static String sunPkcs11(Path library, long slot) {
        return """
                --name = Yinzheng
                library = "%s"
                slot = %d
                destroyTokenAfterLogout = true
                attributes(generate, CKO_PUBLIC_KEY, *) = { CKA_TOKEN = true }
                attributes(generate, CKO_PRIVATE_KEY, *) = {
                  CKA_TOKEN = true
                  CKA_PRIVATE = true
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_SIGN = true
                }
                attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
                  CKA_TOKEN = true
                  CKA_PRIVATE = true
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                  CKA_ENCRYPT = true
                  CKA_DECRYPT = true
                  CKA_LABEL = 0h%s
                }
                """.formatted(library, slot, HexFormat.of().formatHex(SEALING_KEY.getBytes(StandardCharsets.UTF_8)));
    }

    public Provider provider() {
        return provider;
    }

    /// The labels of the key pairs that have a certificate, and so can be found.
    public Set<String> labels() throws GeneralSecurityException {
        var labels = new TreeSet<String>();
        for (var alias : Collections.list(keys.aliases())) {
            if (keys.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
                labels.add(alias);
            }
        }
        return labels;
    }

    public Optional<X509Certificate> certificate(String label) throws GeneralSecurityException {
        return labels().contains(label) ? Optional.of((X509Certificate) keys.getCertificate(label)) : Optional.empty();
    }

    /// The token's handle of the private key that belongs to `expected`. It cannot be read, only used.
    public PrivateKey privateKey(String label, PublicKey expected) throws GeneralSecurityException {
        var known = handles.get(label);
        if (known != null) {
            return known;
        }
        if (!(keys.getKey(label, null) instanceof PrivateKey key)) {
            throw new KeyException("the token has no private key " + label);
        }
        var actual = keys.getCertificate(label).getPublicKey().getEncoded();
        if (!Arrays.equals(actual, expected.getEncoded())) {
            throw new KeyException("the token that is there now has another key under the label " + label);
        }
        handles.put(label, key);
        return key;
    }

    /// The AES key under which whatever is kept outside the token is sealed.
    public SecretKey sealingKey() throws GeneralSecurityException {
        var known = sealingKey;
        if (known != null) {
            return known;
        }
        if (!(keys.getKey(SEALING_KEY, null) instanceof SecretKey key)) {
            throw new KeyException("the token has no sealing key: run 'yinzheng token init'");
        }
        sealingKey = key;
        return key;
    }

    boolean hasSealingKey() throws GeneralSecurityException {
        return keys.isKeyEntry(SEALING_KEY);
    }

    /// Generated by the token under its final label in one step, so that there is nothing to finish after a
    /// crash.
    void makeSealingKey() throws GeneralSecurityException, IOException {
        var generator = KeyGenerator.getInstance("AES", provider);
        generator.init(256);
        generator.generateKey();
        keys.load(null, null);
    }

    /// Sees what another process has added to the token.
    public void look() throws GeneralSecurityException {
        try {
            keys.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// Gives a new key pair its label and certificate, by which it can be found from now on.
    public void store(String label, PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        try {
            objects.setOrphansAside(label);
        } catch (CryptokiException e) {
            throw new GeneralSecurityException(e);
        }
        keys.setKeyEntry(label, key, null, new Certificate[] {certificate});
    }

    /// Writes the label on both halves of the pair, where SunPKCS11 writes it on the certificate only.
    public void label(String label, PublicKey publicKey) throws GeneralSecurityException {
        try {
            objects.name(label, publicKey);
        } catch (CryptokiException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// Empty when the token answers, is logged in, and its keys can be reached.
    Optional<TokenUnavailable> ailment() {
        try {
            if (!folder.inPlace()) {
                return Optional.of(new TokenUnavailable(TokenFault.GONE, "its directory is not there", null));
            }
            var now = cryptoki.tokenInfo(info.slot());
            if (!cryptoki.loggedIn(session) || !now.serial().equals(info.serial())) {
                return Optional.of(new TokenUnavailable(TokenFault.GONE, "", null));
            }
            for (var key : objects.labelled(SEALING_KEY)) {
                cryptoki.attribute(session, key, Attribute.CLASS);
            }
            return Optional.empty();
        } catch (CryptokiException e) {
            return Optional.of(new TokenUnavailable(TokenFault.GONE, "", e));
        }
    }

    TokenInfo info() {
        return info;
    }

    /// Lets SunPKCS11 give back its sessions: one that it closed later, by its number, might be a new
    /// opening's. No other thread uses the token now.
    @Nullable
    LoginException close() {
        try {
            ((java.security.AuthProvider) provider).logout();
            return null;
        } catch (LoginException e) {
            return e; // the token is gone already; C_Finalize ends the rest
        }
    }
}
