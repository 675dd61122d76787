import EmbeddedPostgres
import TestSupport
import Testing

@testable import Domain

/// The files for the bank against ISO 20022's schema, which `config/install-packages test` fetches.
@Suite struct `Payment files and their schema` {
    private static let schema: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/.build/schemas/pain.001.001.09.xsd"
    }()

    private static var hasSchema: Bool { TemporaryDirectory.read(schema) != nil }

    @Test(
        .enabled(
            if: hasSchema, "without the schema; config/install-packages test fetches it from PyPI"))
    func `every batch is valid, whatever people are called`() throws {
        let longest = String(repeating: "Ș", count: 70)
        let holders = [
            "Ștefan Țîrlea", "B & C <Bank> \"x\"", longest, "Иван Петров", "O'Brien, Zoë (II)",
            "-", "/a//b/",
        ]
        for count in [1, holders.count] {
            let file = try `Where and how money is paid`.file(
                .eur, holders: Array(holders.prefix(count)))
            let verdict = try Self.verdict(on: String(decoding: file.bytes, as: UTF8.self))
            #expect(verdict.isValid, "\(verdict.text)")
        }
    }

    @Test(.enabled(if: hasSchema, "without the schema"))
    func `the schema refuses what rule 8 forbids`() throws {
        let file = try `Where and how money is paid`.file(.eur, holders: ["Ana Pop"])
        let text = String(decoding: file.bytes, as: UTF8.self)
        for (part, wrong) in [
            ("<Dt>2026-11-23</Dt>", "2026-11-23"), ("SLEV", "XXXX"), ("10.01", "10.0.1"),
            ("<Nm>Ana Pop</Nm>", "<Nm></Nm>"), ("RO49AAAA", "RO4 AAAA"),
        ] {
            #expect(text.contains(part))
            let broken = text.split(separator: part, omittingEmptySubsequences: false)
                .joined(separator: wrong)
            #expect(try !Self.verdict(on: broken).isValid, "\(wrong)")
        }
    }

    private static func verdict(on text: String) throws -> (isValid: Bool, text: String) {
        let folder = try TemporaryDirectory()
        let file = try folder.write(text, to: "batch.xml")
        let process = try ChildProcess(
            ChildProcess.Options(
                path: "/usr/bin/xmllint",
                arguments: ["--nonet", "--noout", "--schema", schema, file],
                directory: folder.path, environment: [], outputPath: "\(folder.path)/said"))
        guard process.waitForEnd(milliseconds: 20_000) else {
            process.signal(9)
            throw TestFailure("xmllint does not end")
        }
        return (process.status == 0, TemporaryDirectory.read("\(folder.path)/said") ?? "")
    }
}
