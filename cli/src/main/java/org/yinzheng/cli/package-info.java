/// The one executable, `yinzheng`: a class per command. Start with `Yinzheng`.
package org.yinzheng.cli;
