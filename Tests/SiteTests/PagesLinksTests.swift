import Domain
import HTTP
import Testing

@testable import Site

@Suite struct PagesLinksTests {
    private let samples = PagesSamples()
    private let router = Router()
    /// Answered from memory, not by the router.
    private let assets = "/assets/"

    private func match(_ method: Method, _ address: Substring) -> Router.Match {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        return Array(path.utf8).withUnsafeBufferPointer { router.match(method, $0) }
    }

    private func check(_ method: Method, _ address: Substring, on page: String) {
        guard address.hasPrefix("/"), !address.hasPrefix(assets) else { return }
        guard case .found = match(method, address) else {
            Issue.record("\(page): \(method) \(address)")
            return
        }
    }

    @Test func `every link of every page leads to a route`() {
        for sample in samples.all {
            let page = String(
                decoding: sample.page.bytes(in: samples.context(sample, texts: Texts(.english))),
                as: UTF8.self)

            for link in page.matches(of: #/ href="([^"]*)"/#) {
                check(.get, link.1, on: sample.name)
            }
        }
    }

    @Test func `every form of every page is taken by a route`() {
        for sample in samples.all {
            let page = String(
                decoding: sample.page.bytes(in: samples.context(sample, texts: Texts(.english))),
                as: UTF8.self)

            for form in page.matches(of: #/<form method="(get|post)" action="([^"]*)"/#) {
                check(form.1 == "post" ? .post : .get, form.2, on: sample.name)
            }
        }
    }
}
