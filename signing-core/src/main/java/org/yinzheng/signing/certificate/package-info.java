/// Certificates, the paths that lead from a signer to somebody we trust, and revocation. Nothing here is
/// fetched from the network.
/// Start with [PathCheck]; [DemonstrationAuthority] makes the certificates of the demonstration.
package org.yinzheng.signing.certificate;
