import HTTP

/// What must hold for any bytes at the place of content.
enum ContentChecks {
    private struct Decoded: Equatable {
        var content: [UInt8] = []
        var consumed = 0
        var outcome = ChunkedDecoder.Outcome.needsMore
    }

    private static let limit = 24

    static func checkChunked(_ input: [UInt8], cuts: [Int]) throws(Fuzzer.Failure) {
        let whole = decode(input, cuts: [])
        try expect(decode(input, cuts: cuts) == whole, "the cuts do not matter: \(cuts)", input)
        try expect(
            decode(input, cuts: Array(0..<input.count)) == whole, "single bytes neither", input)
        try expect(whole.consumed <= input.count, "no more is used than is there", input)
        try expect(whole.content.count <= limit, "no more content than the limit", input)
        if whole.outcome == .needsMore {
            try expect(whole.consumed == input.count, "all is used if more is needed", input)
        }
    }

    private static func decode(_ input: [UInt8], cuts: [Int]) -> Decoded {
        var decoder = ChunkedDecoder()
        var decoded = Decoded()
        for end in cuts + [input.count] where decoded.outcome == .needsMore {
            let piece = Array(input[decoded.consumed..<end])
            let result = piece.withUnsafeBufferPointer {
                decoder.decode($0, into: &decoded.content, limit: limit)
            }
            decoded.consumed += result.consumed
            decoded.outcome = result.outcome
        }
        return decoded
    }

    static func checkForm(_ input: [UInt8]) throws(Fuzzer.Failure) {
        _ = QueryString(String(decoding: input, as: UTF8.self)).fields.count
        guard let form = try? FormData(urlEncoded: input) else { return }
        let encoded = QueryString.encoded(form.fields.map { ($0.name, $0.value) })
        let again = try? FormData(urlEncoded: Array(encoded.utf8))
        try expect(again?.fields == form.fields, "a form is written as read", input)
    }

    static func checkMultipart(_ input: [UInt8]) throws(Fuzzer.Failure) {
        guard let type = ContentType("multipart/form-data; boundary=B"),
            let form = try? MultipartForm(input, type: type)
        else { return }
        var end = 0
        for file in form.files {
            try expect(
                file.range.lowerBound >= end && file.range.upperBound <= input.count,
                "files lie in the content, one behind the other", input)
            end = file.range.upperBound
            try expect(
                !file.filename.contains { "/\\\r\n\0".contains($0) }, "no paths in names", input)
            _ = form.bytes(of: file).count
        }
    }
}
