import Domain
import HTML
import Testing

@testable import Site

@Suite struct PagesMarkupTests {
    private func page(
        _ sample: PagesSamples.Sample, _ samples: PagesSamples, _ language: Language = .english
    ) -> String {
        String(
            decoding: sample.page.bytes(in: samples.context(sample, texts: Texts(language))),
            as: UTF8.self)
    }

    @Test func `hostile data stays data on every page`() {
        let hostile = PagesSamples {
            $0 + "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
        }
        for sample in hostile.all {
            let page = page(sample, hostile)

            #expect(!page.contains("<script>alert"), "\(sample.name)")
            #expect(!page.contains("<img"), "\(sample.name)")
            #expect(!page.contains("javascript:"), "\(sample.name)")
        }
    }

    @Test func `every page is one well-nested document`() {
        let samples = PagesSamples()
        let void: Set<Substring> = ["br", "col", "hr", "img", "input", "link", "meta"]
        for sample in samples.all {
            var open: [Substring] = []
            let page = page(sample, samples)
            for match in page.matches(of: #/<(\/?)([a-z][a-z0-9]*)[^>]*>/#) {
                if match.1 == "/" {
                    #expect(open.popLast() == match.2, "\(sample.name): \(match.0)")
                } else if !void.contains(match.2) {
                    open.append(match.2)
                }
            }
            #expect(open.isEmpty, "\(sample.name)")
        }
    }

    @Test func `every page has one main heading, no inline script or style, and unique ids`() {
        let samples = PagesSamples()
        for sample in samples.all {
            let page = page(sample, samples)
            let ids = page.matches(of: #/ id="([^"]*)"/#).map { $0.1 }

            #expect(page.matches(of: #/<h1[ >]/#).count == 1, "\(sample.name)")
            #expect(Set(ids).count == ids.count, "\(sample.name): \(ids)")
            #expect(!page.contains(" style=") && !page.contains("<style"), "\(sample.name)")
            #expect(page.firstMatch(of: #/ on[a-z]+="/#) == nil, "\(sample.name)")
            let scripts = page.matches(of: #/<script([^>]*)>/#).map { $0.1 }
            #expect(
                scripts.allSatisfy { $0.contains("src=") || $0.contains("application/ld+json") },
                "\(sample.name)")
        }
    }

    @Test func `every control has a name that is read aloud, and every reference a target`() {
        let samples = PagesSamples()
        for sample in samples.all {
            let page = page(sample, samples)
            let ids = Set(page.matches(of: #/ id="([^"]*)"/#).map { $0.1 })
            let labelled = Set(page.matches(of: #/<label for="([^"]*)"/#).map { $0.1 })
            for control in page.matches(of: #/<(?:input|select|textarea)[^>]*>/#) {
                let markup = control.0
                if markup.contains("type=\"hidden\"") || markup.contains("aria-label=") { continue }
                let id = markup.firstMatch(of: #/ id="([^"]*)"/#)?.1
                #expect(id.map(labelled.contains) == true, "\(sample.name): \(markup)")
            }
            let references = page.matches(
                of: #/ (?:for|aria-labelledby|aria-describedby)="([^"]*)"/#)
            for reference in references.flatMap({ $0.1.split(separator: " ") }) {
                #expect(ids.contains(reference), "\(sample.name): \(reference)")
            }
            for anchor in page.matches(of: #/href="#([^"]+)"/#) {
                #expect(ids.contains(anchor.1), "\(sample.name): #\(anchor.1)")
            }
        }
    }

    @Test func `every form that writes carries the token`() {
        let samples = PagesSamples()
        // Mail programs send the one form without it (RFC 8058 3.2).
        for sample in samples.all where sample.name != "unsubscribe" {
            let page = page(sample, samples)
            for form in page.matches(of: #/<form[^>]*method="post"[^>]*>(.{0,80})/#) {
                #expect(
                    form.1.contains("name=\"csrf\" value=\"token\""), "\(sample.name): \(form.0)")
            }
        }
    }

    @Test func `headings do not skip a level`() {
        let samples = PagesSamples()
        for sample in samples.all {
            var last = 0
            for heading in page(sample, samples).matches(of: #/<h([1-4])[ >]/#) {
                let level = Int(heading.1) ?? 0
                #expect(level <= last + 1, "\(sample.name): h\(level) after h\(last)")
                last = level
            }
        }
    }
}
