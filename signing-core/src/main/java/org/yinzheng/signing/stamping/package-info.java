/// What stamping a document means in every format: where a seal goes, which level a signature reaches, and what the
/// stamper found on the way. No format is written here. Start with [Place].
package org.yinzheng.signing.stamping;
