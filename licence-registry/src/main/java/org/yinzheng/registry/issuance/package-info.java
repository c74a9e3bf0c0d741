/// How a licence comes into being: one ceremony that a crash at any line leaves something to reconcile after. No SQL
/// here, and no key: [IssuingOffice] hands out signers, [Intents] keeps the record. Start with [Issuance].
package org.yinzheng.registry.issuance;
