/// What a verification says to the person at the window: three questions, each answered yes, no or "cannot say" with a
/// stable code, a sentence and a next step. Knows reports and the registry's facts, and nothing of HTTP. Start with
/// [org.yinzheng.api.answer.Answers].
package org.yinzheng.api.answer;
