/// The operations of `openapi.yaml`, one method each. Routes come out of the contract itself, and so do the
/// roles that may use them. Start with [org.yinzheng.api.routes.Contract].
package org.yinzheng.api.routes;
