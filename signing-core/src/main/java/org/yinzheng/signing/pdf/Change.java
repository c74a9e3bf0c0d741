package org.yinzheng.signing.pdf;

import org.yinzheng.signing.verdict.Reason;

/// Something that a later revision did to a signed one.
///
/// @param what in words, or the place, such as `Root.Pages.Kids.0.Contents`
record Change(String what, Reason reason) {}
