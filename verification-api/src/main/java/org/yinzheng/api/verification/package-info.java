/// Verifications from question to answer: documents, digests or identifiers in; one JSON answer out, given at once or
/// fetched later, kept for its receipt. Judging is [org.yinzheng.api.http.Verification]'s. Start with
/// [org.yinzheng.api.verification.VerificationDesk].
package org.yinzheng.api.verification;
