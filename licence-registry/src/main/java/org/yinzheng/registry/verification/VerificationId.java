package org.yinzheng.registry.verification;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// Names one verification. Whoever has it may read the answer, so nobody can guess it: 144 random bits.
public record VerificationId(String value) {
    private static final int BYTES = 18;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{24}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /// @throws InvalidInput `verification-id`
    public VerificationId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidInput("verification-id", "id", "24 characters that this service gave out");
        }
    }

    public static VerificationId random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new VerificationId(Base64.getUrlEncoder().encodeToString(bytes));
    }

    /// Without the value, which opens the answer.
    @Override
    public String toString() {
        return "VerificationId[]";
    }
}
