package org.cbfsdp.telemetry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.cbfsdp.telemetry.Examples;
import org.cbfsdp.telemetry.status.EventBus;
import org.cbfsdp.telemetry.status.ProgramState;
import org.cbfsdp.telemetry.status.StatusJson;
import org.cbfsdp.telemetry.status.StatusSnapshot;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page as a browser shows it: Debian's chromium, headless. Screenshots stay in target/screenshots. */
class LivePageTest {
    private static final Path SCREENSHOTS = Path.of(System.getProperty("project.root"), "core/target/screenshots");

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    @TempDir
    static Path profile;

    private static ChromeDriver browser;

    private final EndpointFixture fixture = new EndpointFixture(ServerLimits.DEFAULT);

    @BeforeAll
    static void startBrowser() {
        // Named, so that nothing is looked for on the network.
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build();
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary("/usr/bin/chromium")
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1200,1200",
                        "--user-data-dir=" + profile);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        browser = new ChromeDriver(service, options);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void open() {
        browser.get("http://127.0.0.1:" + fixture.address().getPort() + "/");
        awaitText("#link", "live");
        awaitText("#program", "emu-recv");
    }

    @AfterEach
    void close() {
        browser.get("about:blank");
        fixture.close();
    }

    @Test
    void shouldShowStreamsQueuesAndSensors() throws IOException {
        assertThat(texts("#stream-table tbody tr:nth-child(2) > *"))
                .containsExactly("1", "1,197", "0.0", "0.000", "150,000", "3", "2", "1", "ended", "udp <41001>");
        assertThat(texts("#stream-table tbody tr:last-child > *")).startsWith("total", "2,397", "48.0", "1.000");
        assertThat(texts("#queue-table tbody tr > *")).containsExactly("mswriter", "4", "1,024", "0");
        awaitText("#sensor-table tbody tr:last-child th", "rx.device-status");
        assertThat(texts("#sensor-table tbody th"))
                .containsExactly("rx.timestamp", "rx.unixtime", "rx.missing-unixtime", "rx.device-status");
        assertThat(find("#up").getText()).isEqualTo("1:02:03");
        assertThat(find("#missing").getAttribute("class")).isEqualTo("bad");
        assertThat(browser.getTitle()).isEqualTo("emu-recv: running");
        screenshot("first-look");
    }

    @Test
    void shouldFollowEventsAndPlotThem() throws IOException {
        for (int second = 1; second <= 60; second++) {
            publish(second, second * 2e6);
        }
        awaitText("#plots figure:first-child figcaption", "Data rate: 0.960 Gb/s now, at most 1.000");
        assertThat(find("#dumps").getText()).isEqualTo("60");
        assertThat(texts("#plots figcaption")).hasSize(3);
        Object inked = browser.executeScript("""
                const canvas = document.querySelector('#plots canvas');
                const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                return pixels.some(value => value !== 0);
                """);
        assertThat(inked).isEqualTo(true);
        assertThat(browser.executeScript("""
                return [...document.querySelectorAll('figure')].every(figure => {
                  const outer = figure.getBoundingClientRect();
                  const inner = figure.querySelector('canvas').getBoundingClientRect();
                  return inner.width > 100 && inner.left >= outer.left && inner.right <= outer.right;
                });
                """))
                .as("each plot lies within its figure")
                .isEqualTo(true);
        fixture.bus.publish(
                new EventBus.Event(
                        "sensor",
                        "{\"name\":\"rx.<b>\",\"value\":7,\"unit\":\"\",\"status\":\"error\",\"unix_time\":0,\"description\":\"<i>\"}"));
        awaitText("#sensor-table tbody tr:last-child th", "rx.<b>");
        assertThat(browser.findElements(By.cssSelector("td i, th b"))).isEmpty();
        screenshot("light");
    }

    @Test
    void shouldPauseThePlotsByKeyboard() {
        publish(1, 1e6);
        awaitText("#plots figure:first-child figcaption", "Data rate: 0.008 Gb/s now, at most 1.000");
        WebElement pause = find("#pause");
        pause.sendKeys(Keys.ENTER);
        assertThat(pause.getAttribute("aria-pressed")).isEqualTo("true");
        publish(2, 5e6);
        awaitText("#dumps", "2");
        assertThat(find("#plots figcaption").getText()).startsWith("Data rate: 0.008 Gb/s now");
        pause.sendKeys(Keys.SPACE);
        awaitText("#plots figure:first-child figcaption", "Data rate: 0.040 Gb/s now, at most 1.000");
    }

    @Test
    void shouldReachEverythingWithTheTabKey() {
        StringBuilder reached = new StringBuilder();
        WebElement body = find("body");
        for (int i = 0; i < 10; i++) {
            (i == 0 ? body : browser.switchTo().activeElement()).sendKeys(Keys.TAB);
            WebElement active = browser.switchTo().activeElement();
            reached.append(active.getTagName())
                    .append('#')
                    .append(active.getAttribute("id"))
                    .append(' ');
        }
        assertThat(reached.toString()).startsWith("a# select#window button#pause div# div# a# ");
    }

    @Test
    void shouldSayItsPartsToAScreenReader() {
        assertThat(find("html").getAttribute("lang")).isEqualTo("en");
        assertThat(browser.findElements(By.cssSelector("main, header, footer, h1")))
                .hasSize(4);
        for (WebElement table : browser.findElements(By.tagName("table"))) {
            assertThat(table.findElements(By.cssSelector("thead th:not([scope=col])")))
                    .isEmpty();
            assertThat(table.findElements(By.cssSelector("tbody th:not([scope=row])")))
                    .isEmpty();
        }
        for (WebElement section : browser.findElements(By.cssSelector("[aria-labelledby]"))) {
            assertThat(browser.findElements(By.id(section.getAttribute("aria-labelledby"))))
                    .hasSize(1);
        }
        assertThat(find("#summary").getAttribute("role")).isEqualTo("status");
        assertThat(browser.findElements(By.cssSelector("figure .uplot:not([aria-hidden=true])")))
                .isEmpty();
        assertThat(find("label").getAttribute("for")).isEqualTo("window");
    }

    @Test
    void shouldHaveEnoughContrastInLightAndDark() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            browser.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            for (String colour : List.of("--text", "--soft", "--accent", "--good", "--warn", "--bad")) {
                for (String ground : List.of("--back", "--panel")) {
                    assertThat(contrast(variable(colour), variable(ground)))
                            .as("%s on %s, %s", colour, ground, scheme)
                            .isGreaterThanOrEqualTo(4.5);
                }
            }
            publish(scheme.equals("light") ? 1 : 2, 3e6);
            awaitText("#dumps", scheme.equals("light") ? "1" : "2");
            screenshot("scheme-" + scheme);
        }
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    @Test
    void shouldBreakNoPolicyAndAskNobodyElse() {
        publish(1, 1e6);
        awaitText("#dumps", "1");
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                        .filter(entry -> entry.getMessage()
                                .contains("127.0.0.1:" + fixture.address().getPort())))
                .isEmpty();
        Object foreign = browser.executeScript("return performance.getEntriesByType('resource').map(e => e.name)"
                + ".filter(name => !name.startsWith(location.origin))");
        assertThat(foreign).isEqualTo(List.of());
    }

    @Test
    void shouldSayThatTheProgramIsGone() throws IOException {
        fixture.close();
        awaitText("#link", "no connection");
        screenshot("gone");
    }

    private void publish(int dump, double bytesPerSecond) {
        StatusSnapshot example = Examples.snapshot(ProgramState.RUNNING);
        StatusSnapshot snapshot = new StatusSnapshot(
                example.unixNanos() + dump * 1_000_000_000L,
                example.upNanos(),
                Examples.status(ProgramState.RUNNING, dump),
                List.of(new StatusSnapshot.Rate(dump, bytesPerSecond), new StatusSnapshot.Rate(0, 0)));
        fixture.bus.publish(new EventBus.Event("status", StatusJson.status(snapshot)));
    }

    private static void awaitText(String selector, String text) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<String> texts = texts(selector);
        while (!texts.contains(text)) {
            assertThat(System.nanoTime() - deadline)
                    .as("%s is %s and never became '%s'", selector, texts, text)
                    .isNegative();
            texts = texts(selector);
        }
    }

    private static WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    private static List<String> texts(String selector) {
        return browser.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    private static String variable(String name) {
        return (String) browser.executeScript(
                "return getComputedStyle(document.documentElement).getPropertyValue(arguments[0]).trim()", name);
    }

    /** As the Web Content Accessibility Guidelines define it, of two colours #rrggbb. */
    private static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
