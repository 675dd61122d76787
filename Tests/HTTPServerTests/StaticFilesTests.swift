import Foundation
import HTTP
import HTTPServer
import Testing

/// A folder with a style sheet worth compressing, a hidden file, and a folder inside.
private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "vouch static \(UUID().uuidString)")
    try FileManager.default.createDirectory(
        at: folder.appending(path: "inner"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(String(repeating: "a { color: red }\n", count: 100).utf8)
        .write(to: folder.appending(path: "style.css"))
    try Data("secret".utf8).write(to: folder.appending(path: ".hidden"))
    return try body(folder.path)
}

private func head(_ fields: String = "", method: String = "GET") throws -> RequestHead {
    let text = "\(method) /assets/style.css HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
    var parser = RequestParser()
    let outcome = Array(text.utf8).withUnsafeBufferPointer { parser.parse($0) }
    guard case .head(let head, _) = outcome else { throw CocoaError(.coderInvalidValue) }
    return head
}

/// The answer as it leaves the server.
private func bytes(_ response: Response) -> String {
    var output: [UInt8] = []
    switch response.body {
    case .prepared(let prepared):
        prepared.write(date: DateLine(secondsSinceEpoch: 0), to: &output)
    case .bytes(let content):
        ResponseHeadWriter.write(
            response.status, response.fields, framing: .length(content.count),
            persistence: .keepAlive, date: DateLine(secondsSinceEpoch: 0), to: &output)
        output += content
    case .none, .stream, .held:
        ResponseHeadWriter.write(
            response.status, response.fields, framing: .none, persistence: .keepAlive,
            date: DateLine(secondsSinceEpoch: 0), to: &output)
    }
    return String(decoding: output, as: UTF8.self)
}

@Suite struct StaticFilesTests {
    @Test func `a file has its type, validators and a cache rule`() throws {
        try withFolder { folder in
            let files = try StaticFiles(folder: folder)
            let answer = bytes(try #require(files.response(to: head(), name: "style.css")))
            #expect(answer.contains("Content-Type: text/css"))
            #expect(answer.contains("ETag: \""))
            #expect(answer.contains("Last-Modified: "))
            #expect(answer.contains("immutable"))
            #expect(answer.contains("Content-Length: 1700\r\n"))
        }
    }

    @Test func `a client that takes gzip gets it, under a tag of its own`() throws {
        try withFolder { folder in
            let files = try StaticFiles(folder: folder)
            let plain = try #require(files.response(to: head(), name: "style.css"))
            let zipped = try #require(
                files.response(to: head("Accept-Encoding: gzip, br\r\n"), name: "style.css"))
            guard case .prepared(let first) = plain.body, case .prepared(let second) = zipped.body
            else { throw CocoaError(.coderInvalidValue) }
            #expect(second.contentCount < first.contentCount)
            #expect(second.etag != first.etag)
        }
    }

    @Test func `a validator that still fits gets 304`() throws {
        try withFolder { folder in
            let files = try StaticFiles(folder: folder)
            let first = try #require(files.response(to: head(), name: "style.css"))
            guard case .prepared(let prepared) = first.body, let tag = prepared.etag
            else { throw CocoaError(.coderInvalidValue) }
            let again = try #require(
                files.response(to: head("If-None-Match: \(tag.text)\r\n"), name: "style.css"))
            #expect(again.status == .notModified)
            let since = try #require(
                files.response(
                    to: head("If-Modified-Since: \(prepared.lastModified?.description ?? "")\r\n"),
                    name: "style.css"))
            #expect(since.status == .notModified)
        }
    }

    @Test func `a range gets its part, and an impossible one 416`() throws {
        try withFolder { folder in
            let files = try StaticFiles(folder: folder)
            let part = bytes(
                try #require(files.response(to: head("Range: bytes=4-8\r\n"), name: "style.css")))
            #expect(part.hasPrefix("HTTP/1.1 206 "))
            #expect(part.contains("Content-Range: bytes 4-8/1700\r\n"))
            #expect(part.hasSuffix("\r\n\r\ncolor"))
            let beyond = bytes(
                try #require(files.response(to: head("Range: bytes=1700-\r\n"), name: "style.css")))
            #expect(beyond.hasPrefix("HTTP/1.1 416 "))
            #expect(beyond.contains("Content-Range: bytes */1700\r\n"))
        }
    }

    @Test func `a range of another version gets the whole file`() throws {
        try withFolder { folder in
            let files = try StaticFiles(folder: folder)
            let answer = bytes(
                try #require(
                    files.response(
                        to: head("Range: bytes=4-8\r\nIf-Range: \"other\"\r\n"),
                        name: "style.css")))
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `the version changes with the bytes`() throws {
        try withFolder { folder in
            let first = try StaticFiles(folder: folder).version
            #expect(try StaticFiles(folder: folder).version == first)
            try Data("b {}".utf8).write(to: URL(filePath: folder + "/style.css"))
            #expect(try StaticFiles(folder: folder).version != first)
        }
    }

    @Test(arguments: [".hidden", "inner", "../style.css", "missing.css", ""])
    func `nothing but the folder's own files is served`(name: String) throws {
        try withFolder { folder in
            let files = try StaticFiles(folder: folder)
            #expect(try files.response(to: head(), name: name) == nil)
        }
    }

    @Test func `a folder that is missing is an error that names it`() {
        #expect {
            try StaticFiles(folder: "/nowhere/at all")
        } throws: { "\($0)".contains("/nowhere/at all") }
    }
}
