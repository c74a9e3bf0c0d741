package org.yinzheng.signing.jose;

import com.fasterxml.jackson.databind.JsonNode;

/// What checking a JWS established.
public sealed interface JwsResult {
    /// A known key signed these claims as a statement of the type that was asked for. Whether the claims hold (time,
    /// audience) is the caller's to judge.
    record Valid(String keyId, JsonNode claims) implements JwsResult {}

    record Refused(Reason reason) implements JwsResult {}

    /// Stable codes.
    enum Reason {
        /// Longer than is looked at.
        TOO_LONG,
        /// Not three parts of strict base64url, or no JSON objects with distinct names.
        MALFORMED,
        /// A header that says more than algorithm, type and key, or says it otherwise: `crit`, `b64`, `jwk`, `jku`,
        /// `x5c`, `x5u` and whatever else would have us do something.
        HEADER,
        /// A statement of another type.
        TYPE,
        UNKNOWN_KEY,
        /// Not the algorithm that the key is used with.
        ALGORITHM,
        SIGNATURE
    }
}
