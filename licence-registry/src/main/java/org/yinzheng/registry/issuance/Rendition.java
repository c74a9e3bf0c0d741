package org.yinzheng.registry.issuance;

import org.yinzheng.registry.licence.Format;
import org.yinzheng.signing.Digest;

/// A stored document of a licence.
public record Rendition(Format format, Digest digest, long size) {}
