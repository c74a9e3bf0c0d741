package org.yinzheng.testdata.corpus;

import java.util.List;

/// Makes the specimens of one kind. Found as a service: a provider has a public constructor without parameters and
/// its line in `META-INF/services`.
public interface Specimens {
    /// Makes no document yet: each is made when its specimen is asked for it.
    List<Specimen> by(CorpusAuthority authority);
}
