import Testing

@testable import HTTP

private let before = "Sun, 06 Nov 1994 08:49:36 GMT"
private let changed = "Sun, 06 Nov 1994 08:49:37 GMT"
private let after = "Sun, 06 Nov 1994 08:49:38 GMT"

@Suite struct PreconditionsTests {
    @Test(arguments: [
        ([], Preconditions.Outcome.proceed),
        (["If-None-Match: \"a\""], .notModified),
        (["If-None-Match: W/\"a\""], .notModified),
        (["If-None-Match: \"x\", \"a\""], .notModified),
        (["If-None-Match: \"x\"", "If-None-Match: \"a\""], .notModified),
        (["If-None-Match: \"x,\",\"a\""], .notModified),
        (["If-None-Match: *"], .notModified),
        (["If-None-Match: \"x\""], .proceed),
        (["If-None-Match: a"], .proceed),
        (["If-None-Match: \"x\" \"a\""], .proceed),
        (["If-Modified-Since: \(changed)"], .notModified),
        (["If-Modified-Since: \(after)"], .notModified),
        (["If-Modified-Since: \(before)"], .proceed),
        (["If-Modified-Since: yesterday"], .proceed),
        (["If-None-Match: \"x\"", "If-Modified-Since: \(changed)"], .proceed),
        (["If-Match: \"a\""], .proceed),
        (["If-Match: *"], .proceed),
        (["If-Match: W/\"a\""], .failed),
        (["If-Match: \"x\""], .failed),
        (["If-Match: rubbish"], .failed),
        (["If-Unmodified-Since: \(changed)"], .proceed),
        (["If-Unmodified-Since: \(before)"], .failed),
        (["If-Unmodified-Since: yesterday"], .proceed),
        (["If-Match: \"a\"", "If-Unmodified-Since: \(before)"], .proceed),
        (["If-Match: \"a\"", "If-None-Match: \"a\""], .notModified),
        (["If-Match: \"x\"", "If-None-Match: \"a\""], .failed),
    ])
    func `conditions of a GET are evaluated in the order of the RFC`(
        fields: [String], outcome: Preconditions.Outcome
    ) throws {
        let head = try head(fields: fields)

        #expect(
            Preconditions.evaluate(head, etag: ETag("\"a\""), lastModified: HTTPDate(changed))
                == outcome)
    }

    @Test func `a write is refused where a read would be told that nothing changed`() throws {
        let head = try head(fields: ["If-None-Match: *"], method: "PUT")

        #expect(Preconditions.evaluate(head, etag: nil, lastModified: nil) == .failed)
        #expect(
            Preconditions.evaluate(head, etag: nil, lastModified: nil, exists: false) == .proceed)
    }

    @Test func `If-Match asks that something exists`() throws {
        let head = try head(fields: ["If-Match: *"], method: "PUT")

        #expect(
            Preconditions.evaluate(head, etag: nil, lastModified: nil, exists: false) == .failed)
    }

    @Test func `what has no validators cannot be not modified`() throws {
        let fields = ["If-None-Match: \"a\"", "If-Modified-Since: \(after)"]
        let head = try head(fields: fields)

        #expect(Preconditions.evaluate(head, etag: nil, lastModified: nil) == .proceed)
    }

    @Test(arguments: [
        ([], true),
        (["If-Range: \"a\""], true),
        (["If-Range: \"x\""], false),
        (["If-Range: W/\"a\""], false),
        (["If-Range: \(changed)"], true),
        (["If-Range: \(after)"], false),
        (["If-Range: rubbish"], false),
    ])
    func `a range is of the same representation or of none`(
        fields: [String], allowed: Bool
    ) throws {
        let head = try head(fields: fields)

        #expect(
            Preconditions.allowsRange(head, etag: ETag("\"a\""), lastModified: HTTPDate(changed))
                == allowed)
    }
}

@Suite struct ETagTests {
    @Test(arguments: ["\"\"", "\"a\"", "W/\"a\"", "\"a\\b,c\"", "\"\u{E9}\""])
    func `a tag is written as it was read`(text: String) {
        #expect(ETag(text)?.text == text)
    }

    @Test(arguments: ["", "a", "\"", "\"a", "w/\"a\"", "\"a\"b", "\"a b\"", "W/", "\"a\"\""])
    func `anything else is not a tag`(text: String) {
        #expect(ETag(text) == nil)
    }

    @Test func `a tag can be made of a number`() {
        #expect(ETag(0xBEEF).text == "\"000000000000beef\"")
        #expect(ETag(1, isWeak: true).text == "W/\"0000000000000001\"")
    }
}

@Suite struct ByteRangeTests {
    @Test(arguments: [
        ("bytes=0-0", 10, ByteRange.part(0..<1)),
        ("bytes=0-", 10, .part(0..<10)),
        ("bytes=3-5", 10, .part(3..<6)),
        ("Bytes= 3-99", 10, .part(3..<10)),
        ("bytes=9-9223372036854775807", 10, .part(9..<10)),
        ("bytes=-3", 10, .part(7..<10)),
        ("bytes=-99", 10, .part(0..<10)),
        ("bytes=-99999999999999999999", 10, .part(0..<10)),
        ("bytes=10-", 10, .unsatisfiable),
        ("bytes=99999999999999999999-", 10, .unsatisfiable),
        ("bytes=-0", 10, .unsatisfiable),
        ("bytes=0-", 0, .unsatisfiable),
        ("bytes=-1", 0, .unsatisfiable),
        ("bytes=5-3", 10, .whole),
        ("bytes=0-1,3-4", 10, .whole),
        ("bytes=-", 10, .whole),
        ("bytes=", 10, .whole),
        ("bytes=a-b", 10, .whole),
        ("bytes=+1-2", 10, .whole),
        ("bytes=1--2", 10, .whole),
        ("lines=0-1", 10, .whole),
        ("0-1", 10, .whole),
    ])
    func `a range is read for a length`(value: String, length: Int, range: ByteRange) throws {
        let head = try head(fields: ["Range: \(value)"])

        #expect(ByteRange(head, length: length) == range)
    }

    @Test func `only a GET has a range`() throws {
        let head = try head(fields: ["Range: bytes=0-0"], method: "HEAD")

        #expect(ByteRange(head, length: 10) == .whole)
    }

    @Test func `the range is told in the response`() {
        #expect(ByteRange.contentRange(3..<6, length: 10) == "bytes 3-5/10")
        #expect(ByteRange.unsatisfiedContentRange(length: 10) == "bytes */10")
    }
}
