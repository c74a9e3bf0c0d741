package org.yinzheng.testdata.differential;

import java.io.IOException;
import java.security.GeneralSecurityException;
import org.yinzheng.shaded.ofdrw.reader.OFDReader;
import org.yinzheng.shaded.ofdrw.sign.verify.OFDValidator;
import org.yinzheng.shaded.ofdrw.sign.verify.container.SESV4ValidateContainer;
import org.yinzheng.shaded.ofdrw.sign.verify.exceptions.OFDVerifyException;
import org.yinzheng.signing.DocumentBytes;

/// OFDRW's validator with its container for stamps of GB/T 38540: it checks digests and the signature's value.
final class Ofdrw {
    /// `PASSED`, `FAILED`, or `EXCEPTION` when it gives up.
    String verdict(DocumentBytes ofd) {
        try (var reader = new OFDReader(ofd.stream());
                var validator = new OFDValidator(reader)) {
            validator.setValidator(new SESV4ValidateContainer()).exeValidate();
            return "PASSED";
        } catch (OFDVerifyException e) {
            return "FAILED";
        } catch (IOException | GeneralSecurityException | RuntimeException | StackOverflowError e) {
            return "EXCEPTION"; // whatever it throws for such a file, it has no verdict
        }
    }
}
