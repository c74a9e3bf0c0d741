/// Digests that Bouncy Castle computes too slowly for scans of many megabytes: SM3, and nothing else so far. May not
/// know keys, formats or files. Start at [org.yinzheng.signing.digest.Sm3].
@NullMarked
package org.yinzheng.signing.digest;

import org.jspecify.annotations.NullMarked;
