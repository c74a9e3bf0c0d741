/// The tools with which routes are made: the bridge to virtual threads, gates, bodies read under a limit, JSON
/// in and out. Knows nothing of which address does what. Start with [org.yinzheng.api.http.Bridge].
package org.yinzheng.api.http;
