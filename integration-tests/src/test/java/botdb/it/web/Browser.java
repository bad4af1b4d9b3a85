package botdb.it.web;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A Chromium of its own, with nothing in it. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int LONGEST_TEXT = 1000;

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one, or leaves the test out, loudly, where there is none to start. */
  static Browser start(Path profile, String language) {
    if (!Files.isExecutable(CHROMIUM) || !Files.isExecutable(DRIVER)) {
      String missing = "NOT TESTED in a browser: %s and %s are not both there";
      String message = missing.formatted(CHROMIUM, DRIVER);
      System.err.println(message);
      abort(message);
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1100,800",
        "--accept-lang=" + language,
        "--user-data-dir=" + profile);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Has the browser be elsewhere: {@code Asia/Tokyo}. */
  void moveTo(String zone) {
    driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
  }

  void preferDark() {
    Map<String, String> dark = Map.of("name", "prefers-color-scheme", "value", "dark");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(dark)));
  }

  void becomePhone() {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 390, "height", 780, "deviceScaleFactor", 2, "mobile", true));
  }

  /** Where downloads go. */
  void downloadTo(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toString()));
  }

  /** Becomes as it was when it was started. */
  void forgetEverything() {
    driver.get("about:blank");
    driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
    complaints();
  }

  void open(String url) {
    driver.get(url);
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  Object run(String script, Object... values) {
    return ((JavascriptExecutor) driver).executeScript(script, values);
  }

  /** What a person sees of an element. */
  String text(String selector) {
    return find(selector).getText();
  }

  void awaitText(String selector, String text) {
    await(selector + " with the text \"" + text + "\"", d -> text(selector).contains(text));
  }

  <T> T await(ExpectedCondition<T> condition) {
    return await("what the test waits for", condition);
  }

  private <T> T await(String what, ExpectedCondition<T> condition) {
    return new WebDriverWait(driver, PATIENCE)
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .ignoring(org.openqa.selenium.NoSuchElementException.class)
        .withMessage(() -> what + " never came; the page shows:\n" + shown())
        .until(condition);
  }

  /** The beginning of the text of the page; nothing where there is no page. */
  private String shown() {
    String text = all("body").stream().map(WebElement::getText).collect(Collectors.joining());
    return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
  }

  /** Writes into the field and sends it by the key. */
  void say(String text) {
    find("#text").sendKeys(text + "\n");
  }

  String cookie(String name) {
    return driver.manage().getCookieNamed(name).getValue();
  }

  /** What the browser has to complain of since it was asked the last time. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
