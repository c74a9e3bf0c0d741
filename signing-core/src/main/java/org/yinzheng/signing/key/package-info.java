/// Keys that sign and cannot be read, and what an auditor may be told of them. The ports that `hsm-config`
/// implements.
/// Start with [SigningKey].
package org.yinzheng.signing.key;
