import EmbeddedPostgres
import Foundation
import Glibc
import TestSupport

/// A Chromium that is driven through WebDriver (W3C), as a person at a keyboard would.
///
/// Owns one `chromedriver` process and one session; `quit()` ends both.
final class WebDriver {
    private let driver: ChildProcess
    private let session: String
    private let base: URL
    private let profile: URL

    /// What WebDriver calls an element's key in its answers (W3C WebDriver 11.1).
    private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts a browser with a fresh profile.
    init(
        width: Int = 1280, height: Int = 900, language: String = "en", javaScript: Bool = true
    ) async throws {
        let port = try freePort()
        profile = try makeFolder("vouch-chromium")
        driver = try ChildProcess(
            ChildProcess.Options(
                path: "/usr/bin/chromedriver", arguments: ["--port=\(port)", "--silent"],
                directory: "/", environment: environmentLines([:]), outputPath: "/dev/null"))
        let root = try require(URL(string: "http://127.0.0.1:\(port)"))
        do {
            try await waitUntil("chromedriver answers") {
                (try? await Self.call("GET", root.appending(path: "status"), nil)) != nil
            }
            let options = Self.options(profile, width, height, language, javaScript)
            let created = try await Self.call(
                "POST", root.appending(path: "session"),
                ["capabilities": ["alwaysMatch": ["goog:chromeOptions": options]]])
            session = try require((created as? [String: Any])?["sessionId"] as? String)
        } catch {
            driver.signal(SIGTERM)
            _ = driver.waitForEnd(milliseconds: 5_000)
            try? FileManager.default.removeItem(at: profile)
            throw error
        }
        base = root.appending(path: "session/\(session)")
    }

    private static func options(
        _ profile: URL, _ width: Int, _ height: Int, _ language: String, _ javaScript: Bool
    ) -> [String: Any] {
        var preferences: [String: Any] = ["intl.accept_languages": language]
        if !javaScript { preferences["profile.managed_default_content_settings.javascript"] = 2 }
        return [
            "binary": "/usr/bin/chromium",
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", "--force-prefers-reduced-motion",
                "--lang=\(language)", "--user-data-dir=\(profile.path)",
                "--window-size=\(width),\(height)",
            ],
            "prefs": preferences,
        ]
    }

    /// Ends the browser and its driver, and removes the profile.
    func quit() async {
        _ = try? await Self.call("DELETE", base, nil)
        driver.signal(SIGTERM)
        _ = driver.waitForEnd(milliseconds: 5_000)
        try? FileManager.default.removeItem(at: profile)
    }

    // MARK: Pages

    func open(_ address: URL) async throws {
        try await post("url", ["url": address.absoluteString])
    }

    /// The address in the location bar.
    var address: URL {
        get async throws { try require(URL(string: try await getString("url"))) }
    }

    /// What a person can read on the page.
    var text: String {
        get async throws { try await text(of: "body") }
    }

    /// The page's HTML as the browser holds it.
    var source: String {
        get async throws { try await getString("source") }
    }

    /// False where something sticks out, so that a reader would have to scroll sideways.
    var isAsWideAsItsWindow: Bool {
        get async throws {
            let answer = try await post(
                "execute/sync",
                [
                    "script":
                        "return document.documentElement.scrollWidth <= window.innerWidth",
                    "args": [Any](),
                ])
            return (answer as? Bool) ?? false
        }
    }

    /// Becomes somebody whom the site does not know.
    func forgetCookies() async throws {
        _ = try await Self.call("DELETE", base.appending(path: "cookie"), nil)
    }

    /// What the browser would send as `Cookie`.
    var cookies: String {
        get async throws {
            let all = try await Self.call("GET", base.appending(path: "cookie"), nil)
            return try require(all as? [[String: Any]]).compactMap { cookie in
                guard let name = cookie["name"] as? String, let value = cookie["value"] as? String
                else { return nil }
                return "\(name)=\(value)"
            }.joined(separator: "; ")
        }
    }

    /// The page as a PNG, kept as `name` in the folder of artifacts.
    func screenshot(_ name: String) async throws {
        let encoded = try await getString("screenshot")
        let data = try require(Data(base64Encoded: encoded))
        try data.write(to: try artifactsFolder().appending(path: name + ".png"))
    }

    // MARK: Elements

    func click(_ selector: String) async throws {
        let element = try await find(selector)
        try await post("element/\(element)/click", [:])
    }

    /// Clicks what leads to another page, and waits until the present one is gone: on a busy
    /// machine the driver may answer before the browser has begun to leave.
    func follow(_ selector: String) async throws {
        let page = try await find("html")
        try await click(selector)
        try await waitUntil("the browser has left the page of \(selector)") {
            do {
                _ = try await Self.call(
                    "GET", base.appending(path: "element/\(page)/name"), nil)
                return false
            } catch is Failure {
                return true
            }
        }
    }

    /// Empties a field and types into it; a file field takes a path.
    func type(_ text: String, into selector: String) async throws {
        let element = try await find(selector)
        if try await attribute("type", of: selector) != "file" {
            try await post("element/\(element)/clear", [:])
        }
        try await post("element/\(element)/value", ["text": text])
    }

    /// Sets a date field, as its calendar does.
    func setDate(_ date: Date, of selector: String) async throws {
        let day = date.formatted(.iso8601.year().month().day())
        let element = try await find(selector)
        try await post(
            "execute/sync",
            [
                "script": "arguments[0].value = arguments[1]",
                "args": [[Self.elementKey: element], day],
            ])
    }

    /// Chooses the option of a `select` by its value.
    func choose(_ value: String, in selector: String) async throws {
        try await click("\(selector) option[value='\(value)']")
    }

    func text(of selector: String) async throws -> String {
        try await getString("element/\(try await find(selector))/text")
    }

    func attribute(_ name: String, of selector: String) async throws -> String? {
        let element = try await find(selector)
        return try await Self.call(
            "GET", base.appending(path: "element/\(element)/attribute/\(name)"), nil) as? String
    }

    func exists(_ selector: String) async throws -> Bool {
        (try? await find(selector)) != nil
    }

    private func find(_ selector: String) async throws -> String {
        let found = try await post("element", ["using": "css selector", "value": selector])
        return try require((found as? [String: Any])?[Self.elementKey] as? String)
    }

    // MARK: Protocol

    @discardableResult
    private func post(_ path: String, _ body: [String: Any]) async throws -> Any {
        try await Self.call("POST", base.appending(path: path), body)
    }

    private func getString(_ path: String) async throws -> String {
        let value = try await Self.call("GET", base.appending(path: path), nil)
        return try require(value as? String)
    }

    /// One command; the `value` of its answer.
    private static func call(
        _ method: String, _ url: URL, _ body: [String: Any]?
    ) async throws -> Any {
        let sent = try body.map { try JSONSerialization.data(withJSONObject: $0) }
        let received = try await PlainHTTP.request(
            method, url, fields: ["Content-Type": "application/json"], body: sent)
        let answer = try JSONSerialization.jsonObject(with: received.body) as? [String: Any]
        let value = answer?["value"] ?? NSNull()
        guard received.status == 200 else {
            let message = (value as? [String: Any])?["message"] as? String
            throw Failure(description: "\(method) \(url.lastPathComponent): \(message ?? "?")")
        }
        return value
    }
}

/// Runs `body` with a browser that is ended afterwards.
func withBrowser<Result>(
    width: Int = 1280, height: Int = 900, language: String = "en", javaScript: Bool = true,
    _ body: (WebDriver) async throws -> Result
) async throws -> Result {
    let browser = try await WebDriver(
        width: width, height: height, language: language, javaScript: javaScript)
    do {
        let result = try await body(browser)
        await browser.quit()
        return result
    } catch {
        // The page at which it failed tells more than the error.
        try? await browser.screenshot("failed")
        await browser.quit()
        throw error
    }
}
