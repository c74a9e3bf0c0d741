/// Benchmarks, each beside a peer in the same run. `docs/benchmarks.md` says how to run them and what was seen.
package org.yinzheng.bench;
