import Testing

@testable import HTML

@Suite struct TagTests {
    @Test func `every tag is written by its own name`() {
        for tag in Tag.allCases {
            var html = HTMLPrinter()
            html(tag) { _ in }
            html(tag, .class("x")) { _ in }

            let name = tag.rawValue
            #expect(
                String(decoding: html.bytes, as: UTF8.self)
                    == "<\(name)></\(name)><\(name) class=\"x\"></\(name)>")
        }
    }

    @Test func `every tag fits its block`() {
        #expect(Tag.allCases.allSatisfy { $0.rawValue.utf8.count + 3 <= 16 })
    }
}
