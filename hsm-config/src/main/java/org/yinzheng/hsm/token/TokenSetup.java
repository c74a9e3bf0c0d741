package org.yinzheng.hsm.token;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.ProviderException;

/// Makes a token, or what is missing of one. Each step looks whether it was done before, so that after a crash
/// the same steps are run again; none of them touches a token that has a user PIN, that is, one that may hold
/// keys.
record TokenSetup(TokenLibrary library, TokenFolder folder) {

    void run() throws TokenUnavailable {
        try {
            DurableFile.directory(folder.directory());
            try (var lock = FileChannel.open(folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) { // released by the system if we die
                if (library.profile().managed()) {
                    makeToken();
                }
                makeSealingKey();
            }
        } catch (IOException e) {
            throw new TokenUnavailable(TokenFault.NO_TOKEN, "its directory cannot be written", e);
        } catch (CryptokiException | GeneralSecurityException | ProviderException e) {
            throw new TokenUnavailable(TokenFault.GONE, "it could not be set up", e);
        } finally {
            library.leave();
        }
    }

    private void makeToken() throws IOException, TokenUnavailable, CryptokiException {
        var profile = library.profile();
        DurableFile.directory(folder.tokens());
        var cryptoki = library.enter(folder);
        var token = TokenLibrary.find(cryptoki, profile);
        if (token.isPresent() && token.get().userPinSet()) {
            return; // complete, perhaps with keys: a wrong or lost PIN file is for a person to put right
        }
        if (folder.expectedSerial().isPresent()) {
            throw TokenLibrary.missing(folder, "one was made here and is missing now: no new one takes its place");
        }
        // Dead here: perhaps PIN files that no token knows yet; the next run takes them.
        Pin.ensure(folder.securityOfficerPinFile());
        Pin.ensure(folder.pinFile());
        try (var securityOfficer = Pin.read(folder.securityOfficerPinFile());
                var user = Pin.read(folder.pinFile())) {
            if (token.isEmpty()) {
                var slot = TokenLibrary.tokens(cryptoki).stream()
                        .filter(info -> !info.initialized())
                        .findFirst()
                        .orElseThrow(() -> new TokenUnavailable(TokenFault.NO_TOKEN, "no free slot", null))
                        .slot();
                cryptoki.initToken(slot, securityOfficer, profile.label());
                // Dead here: a token of our label without user PIN. Nobody can have made keys in it.
                library.leave(); // SoftHSM gives an initialised token another slot
                cryptoki = library.enter(folder);
            }
            var slot = TokenLibrary.find(cryptoki, profile)
                    .orElseThrow(() -> new TokenUnavailable(TokenFault.GONE, "just initialised, not found", null))
                    .slot();
            var session = cryptoki.openSession(slot);
            cryptoki.loginSecurityOfficer(session, securityOfficer);
            cryptoki.initPin(session, user);
            // Dead here: a token with its user PIN and no sealing key yet.
            cryptoki.logout(session);
            cryptoki.closeSession(session);
        }
        library.leave();
    }

    /// Once, and never a second one: two keys of one label would make what is sealed under either unreadable.
    private void makeSealingKey() throws TokenUnavailable, GeneralSecurityException, IOException {
        var token = library.open(folder);
        try {
            if (!token.hasSealingKey()) {
                refuseIfSealedFilesExist();
                token.makeSealingKey();
            }
            // Dead here: complete but for this note, which the next run writes.
            if (library.profile().managed() && folder.expectedSerial().isEmpty()) {
                DurableFile.write(folder.serialFile(), token.info().serial().getBytes(StandardCharsets.US_ASCII));
            }
        } finally {
            token.close();
        }
    }

    /// A token without sealing key beside files that were sealed under one is not the token that they belong
    /// to.
    private void refuseIfSealedFilesExist() throws IOException, TokenUnavailable {
        var keys = folder.directory().resolveSibling("keys");
        if (!Files.isDirectory(keys)) {
            return;
        }
        try (var files = Files.newDirectoryStream(keys, "*.sealed")) {
            if (files.iterator().hasNext()) {
                throw new TokenUnavailable(TokenFault.NO_SEALING_KEY, "sealed keys exist in " + keys, null);
            }
        }
    }
}
