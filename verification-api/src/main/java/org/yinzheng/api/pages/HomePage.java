package org.yinzheng.api.pages;

import io.vertx.ext.web.Router;

/// `/`: leads to the two things that people come for.
public final class HomePage {
    public void register(Router router) {
        router.get("/").handler(request -> {
            var lang = Lang.of(request);
            var main = Html.of(
                    """
                    <div class="lead"><h1>{}</h1><p>{}</p></div>
                    <div class="doors">
                      <a class="door" href="/clerk"><span class="glyph" aria-hidden="true">验</span><b>{}</b><span>{}</span></a>
                      <a class="door" href="/my"><span class="glyph" aria-hidden="true">照</span><b>{}</b><span>{}</span></a>
                    </div>
                    """,
                    lang.of("电子证照，一验便知", "Know at once whether a licence holds"),
                    lang.of(
                            "真不真，看签名；有没有效，看登记。两个问题，分别回答。",
                            "Signatures tell whether it is genuine, the registry whether it is in force: two questions, two answers."),
                    lang.of("核验证照", "Verify a licence"),
                    lang.of(
                            "窗口人员放入 PDF 或 OFD，立即得到答复和下一步。",
                            "Drop a PDF or OFD file and read the answer and what to do next."),
                    lang.of("我的证照", "My licences"),
                    lang.of(
                            "登录后查看一号之下的全部证照，下载原件。",
                            "Sign in, see everything under your number, download the originals."));
            Frame.send(request, lang, lang.of("首页", "Home"), main);
        });
    }
}
