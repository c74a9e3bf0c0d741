/// CMS beside a file, and the encodings of values and timestamps in it. Start with [CmsSpecimens].
package org.yinzheng.testdata.corpus.cms;
