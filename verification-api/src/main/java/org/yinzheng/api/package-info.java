/// The Vert.x service: the HTTP API that `openapi.yaml` promises, sign-in, pages. The only place that knows HTTP.
package org.yinzheng.api;
