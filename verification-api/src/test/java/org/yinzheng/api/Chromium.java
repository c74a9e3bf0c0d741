package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The system's Chromium. Leaves pictures of pages in `target/screenshots`.
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Map<String, Integer> WIDTHS = Map.of("phone", 390, "desktop", 1280);

    static Chromium start() throws IOException {
        Files.createDirectories(PICTURES);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of(
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync"))));
    }

    /// As a phone shows it and as a window does; nothing sticks out at the side.
    static void picture(Page page, String name) {
        WIDTHS.forEach((kind, width) -> {
            page.setViewportSize(width, 844);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .as(name + " fits a " + kind)
                    .isLessThanOrEqualTo(width);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + "-" + kind + ".png"))
                    .setFullPage(true));
        });
    }

    @Override
    public void close() {
        playwright.close();
    }
}
