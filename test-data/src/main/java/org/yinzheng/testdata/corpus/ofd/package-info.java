/// OFD specimens: packages written by hand, in the manner of several producers, stamped with encodings that are ours to
/// bend, and every way to tamper with them. Start with [OfdValid] and [FileAttacks].
package org.yinzheng.testdata.corpus.ofd;
