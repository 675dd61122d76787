import Foundation
import Testing

/// Reads the catalogue's source: what the compiler cannot see of its texts.
@Suite struct PagesCatalogueTests {
    /// A text with its wording in each language.
    private struct Wording {
        let english: String
        let romanian: String

        func placeholders(_ text: String) -> [String] {
            text.matches(of: #/\\\(((?:[^()]|\([^()]*\))*)\)/#).map { String($0.1) }.sorted()
        }
    }

    private func wordings() throws -> [Wording] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
        let folder = tests.appending(path: "../../Sources/Site/Texts")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        return try files.flatMap { file in
            let source = try String(contentsOf: file, encoding: .utf8)
            let pair = #/say\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"\s*\)/#
            return source.matches(of: pair).map {
                Wording(english: String($0.1), romanian: String($0.2))
            }
        }
    }

    @Test func `no text is empty in any language`() throws {
        let wordings = try wordings()

        #expect(wordings.count > 400)
        #expect(wordings.allSatisfy { !$0.english.isEmpty && !$0.romanian.isEmpty })
    }

    @Test func `a text has the same placeholders in both languages`() throws {
        for wording in try wordings() {
            #expect(
                wording.placeholders(wording.english) == wording.placeholders(wording.romanian),
                "\(wording.english) | \(wording.romanian)")
        }
    }

    @Test func `Romanian is written with commas below and Romanian quotation marks`() throws {
        for wording in try wordings() {
            let text = wording.romanian
            #expect(!text.contains(where: "şţŞŢ".contains), "\(text)")
            #expect(!text.contains("“") || text.contains("„"), "\(text)")
        }
    }

    @Test func `a sentence is a sentence in both languages`() throws {
        let ends: Set<Character> = [".", "!", "?", ":"]
        for wording in try wordings() where wording.english.hasSuffix(".") {
            #expect(
                wording.romanian.last.map(ends.contains) == true,
                "\(wording.english) | \(wording.romanian)")
        }
    }
}
