/// Reads the index of a conversion, CSV or XLSX, a row at a time, and distrusts it: caps before anything is kept,
/// strict decoding, no formula. Knows columns and cells, not what they mean. Start with [Index].
package org.yinzheng.registry.conversion.index;
