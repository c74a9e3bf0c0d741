/// The pages: Chinese first, English by a switch, rendered on the server; they work without the little script,
/// on a phone, by keyboard and on paper. Everything that came from outside is escaped by
/// [org.yinzheng.api.pages.Html]. Start with [org.yinzheng.api.pages.ClerkPage].
package org.yinzheng.api.pages;
