package org.yinzheng.signing.stamping;

import org.yinzheng.signing.layout.Page;

/// Where a seal came to lie.
///
/// @param page from 1
/// @param area millimetres from the top left corner of the page as it is shown
public record Placed(int page, Page.Area area) {}
