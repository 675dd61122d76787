/// Makes new inputs of known ones.
struct Mutator {
    let corpus: [[UInt8]]
    /// Pieces that mean something to the parsers.
    private let tokens: [[UInt8]]

    init(corpus: [String]) {
        self.corpus = corpus.map { Array($0.utf8) }
        tokens = Self.tokens.map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80]]
    }

    private static let tokens = [
        "\r\n", "\n", "\r", "\r\n\r\n", "\0", "\t", " ", ":", ",", ";", "\"", "\\", "=", "&", "%",
        "%00", "%2f", "%2e", "/../", "/./", "//", "?", "#", "*", "--", "W/", "q=0", "bytes=", "0",
        "9223372036854775807", "9223372036854775808", "+1", "-1", "0x", "FFFFFFFFFFFFFFF",
        "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n", "Host: b\r\n", "Expect: x\r\n",
        "Connection: close\r\n", "HTTP/1.0", "HTTP/2.0", "http://", "[::1]", ":80", "--B", "--B--",
        "GMT", "\u{7F}", "\u{1}", "chunked", "gzip",
    ]

    /// An input made of one of the corpus by a few changes, or now and then of random bytes.
    func input(using generator: inout SplitMix) -> [UInt8] {
        guard var bytes = corpus.randomElement(using: &generator) else { return [] }
        if Int.random(in: 0..<32, using: &generator) == 0 {
            let count = Int.random(in: 0..<64, using: &generator)
            return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        for _ in 0..<Int.random(in: 0...4, using: &generator) {
            mutate(&bytes, using: &generator)
        }
        return bytes
    }

    private func mutate(_ bytes: inout [UInt8], using generator: inout SplitMix) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 0...16, using: &generator))
        switch Int.random(in: 0..<7, using: &generator) {
        case 0 where place < bytes.count:
            bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1 where place < bytes.count:
            bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.removeSubrange(place...)
        case 5:
            let other = corpus.randomElement(using: &generator) ?? []
            let cut = Int.random(in: 0...other.count, using: &generator)
            bytes.replaceSubrange(place..., with: other[cut...])
        default:
            let token = tokens.randomElement(using: &generator) ?? []
            bytes.replaceSubrange(
                place..<(Bool.random(using: &generator) ? place : end), with: token)
        }
    }
}

extension [UInt8] {
    /// A few places to cut the bytes at, in order.
    func cuts(using generator: inout SplitMix) -> [Int] {
        (0..<3).map { _ in Int.random(in: 0...count, using: &generator) }.sorted()
    }
}
