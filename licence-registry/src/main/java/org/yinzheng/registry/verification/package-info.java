/// What was verified and what was answered, kept so that a receipt can be fetched. Holds no document and no number of a
/// holder, and judges nothing. Start with [org.yinzheng.registry.verification.Verifications].
package org.yinzheng.registry.verification;
