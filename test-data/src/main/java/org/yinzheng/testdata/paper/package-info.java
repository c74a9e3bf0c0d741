/// Draws paper licences that never existed, and what a scanner or a camera makes of them. Text is drawn with the
/// outlines of the project's own typefaces, because a headless Java need not have fonts. Start at `Copier`.
package org.yinzheng.testdata.paper;
