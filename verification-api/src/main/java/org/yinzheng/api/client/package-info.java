/// The HTTP API from a program's side: what `yinzheng --server` and the demonstration call.
package org.yinzheng.api.client;
