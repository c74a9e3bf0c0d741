package org.yinzheng.registry.licence;

import org.yinzheng.signing.Digest;

/// Where a licence converted from paper comes from.
///
/// @param scan the digest of the scanned paper
/// @param batch the batch that it was converted in
/// @param operator who ran the batch
public record Provenance(Digest scan, String batch, String operator) {}
