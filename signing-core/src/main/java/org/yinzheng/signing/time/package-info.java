/// Trusted time: tokens of RFC 3161 (GB/T 20520 with SM3 and SM2), asked for, made and checked. No network here.
/// Start with [TimestampSource].
package org.yinzheng.signing.time;
