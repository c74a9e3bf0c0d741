/// Looks at scanned paper: whether the file is where it may be, and whether it is a whole picture. Caps come before
/// allocation; nothing is kept. Start with [ScanFolder].
package org.yinzheng.registry.conversion.scan;
