/// Electronic seals and stamps after GB/T 38540 (SESeal and SES_Signature V4): drawn, made, read and judged,
/// whatever the format of the document around them. Reading never judges and judging never reads.
/// Start with [SealMaker] and [StampMaker]; [StampCheck] holds the procedure of verification.
package org.yinzheng.signing.seal;
