/// OFD (GB/T 33190): written from a laid-out page, stamped after GB/T 38540, and judged. A package is read
/// with caps and without repair; what the document says never leads outside it.
/// Start with [OfdStamper] to see a document stamped, and with [OfdVerifier] to see one judged.
package org.yinzheng.signing.ofd;
