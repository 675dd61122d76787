/// Decodes chunked content (RFC 9112 7.1) from bytes that arrive in any pieces.
///
/// Chunk extensions and trailer fields are checked, counted and dropped: neither can change what
/// the head said.
package struct ChunkedDecoder: Sendable {
    /// How far the content has come.
    package enum Outcome: Sendable, Hashable {
        /// All input is used; the content goes on.
        case needsMore
        /// The content and its trailer section have ended; what follows is the next request.
        case complete
        /// The content is longer than the limit.
        case tooLarge
        /// Not chunked coding, or more extensions or trailers than any honest sender has.
        case malformed
    }

    private enum Stage {
        case size, sizeSpace, extensions, sizeLineFeed
        case data, dataReturn, dataLineFeed
        case trailerStart, trailer, trailerLineFeed, endLineFeed
        case complete, malformed
    }

    private var stage = Stage.size
    private var digits = 0
    private var remaining = 0
    private var extensionBytes = 0
    private var trailerBytes = 0
    private var trailerFields = 0
    private var trailerHasColon = false

    /// Extension bytes in all chunks of one content together.
    private static let extensionBytesMax = 4_096
    /// Bytes of the trailer section.
    private static let trailerBytesMax = 8_192
    /// Field lines of the trailer section.
    private static let trailerFieldsMax = 64
    /// Hexadecimal digits of a size: 2^60 is beyond any limit, and leading zeros end somewhere.
    private static let digitsMax = 15

    /// A decoder for one content.
    package init() {}

    /// Decodes the input, which follows the input of the last call, and appends its content.
    ///
    /// - Parameter limit: the most bytes that `content` may come to hold.
    /// - Returns: how many bytes were used, all of them unless the outcome says that it is over.
    package mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>, into content: inout [UInt8], limit: Int
    ) -> (consumed: Int, outcome: Outcome) {
        var index = 0
        while index < input.count {
            if stage == .data {
                let count = min(remaining, input.count &- index)
                content.append(contentsOf: input.part(index..<(index &+ count)))
                remaining &-= count
                index &+= count
                if remaining == 0 { stage = .dataReturn }
                continue
            }
            take(input[index])
            index &+= 1
            switch stage {
            case .data: if remaining > limit - content.count { return (index, .tooLarge) }
            case .complete: return (index, .complete)
            case .malformed: return (index, .malformed)
            default: break
            }
        }
        return (index, .needsMore)
    }

    /// One byte of what is not content.
    private mutating func take(_ byte: UInt8) {
        switch stage {
        case .size, .sizeSpace, .extensions: takeSize(byte)
        case .sizeLineFeed: takeSizeEnd(byte)
        case .dataReturn: stage = byte == Octet.carriageReturn ? .dataLineFeed : .malformed
        case .dataLineFeed: stage = byte == Octet.lineFeed ? .size : .malformed
        case .trailerStart, .trailer, .trailerLineFeed: takeTrailer(byte)
        case .endLineFeed: stage = byte == Octet.lineFeed ? .complete : .malformed
        case .data, .complete, .malformed: stage = .malformed
        }
    }

    private mutating func takeSize(_ byte: UInt8) {
        if stage == .size, let digit = byte.hexValue {
            digits += 1
            remaining = remaining << 4 | Int(digit)
            if digits > Self.digitsMax { stage = .malformed }
            return
        }
        guard digits > 0 else { return stage = .malformed }
        if byte == Octet.carriageReturn { return stage = .sizeLineFeed }
        extensionBytes += 1
        let isField = byte.isWhitespace || (byte > Octet.space && byte != Octet.delete)
        guard isField, extensionBytes <= Self.extensionBytesMax else { return stage = .malformed }
        if stage == .extensions { return }
        if byte == Octet.semicolon {
            stage = .extensions
        } else {
            // Bad white space before an extension (RFC 9112 7.1.1).
            stage = byte.isWhitespace ? .sizeSpace : .malformed
        }
    }

    private mutating func takeSizeEnd(_ byte: UInt8) {
        guard byte == Octet.lineFeed else { return stage = .malformed }
        digits = 0
        stage = remaining == 0 ? .trailerStart : .data
    }

    private mutating func takeTrailer(_ byte: UInt8) {
        trailerBytes += 1
        guard trailerBytes <= Self.trailerBytesMax else { return stage = .malformed }
        if stage == .trailerLineFeed {
            return stage = byte == Octet.lineFeed ? .trailerStart : .malformed
        }
        if stage == .trailerStart {
            if byte == Octet.carriageReturn { return stage = .endLineFeed }
            trailerFields += 1
            trailerHasColon = false
            guard trailerFields <= Self.trailerFieldsMax, CharacterClass.token.contains(byte) else {
                return stage = .malformed
            }
            stage = .trailer
        } else if !trailerHasColon {
            if byte == Octet.colon {
                trailerHasColon = true
            } else if !CharacterClass.token.contains(byte) {
                stage = .malformed
            }
        } else if byte == Octet.carriageReturn {
            stage = .trailerLineFeed
        } else if (byte < Octet.space && byte != Octet.tab) || byte == Octet.delete {
            stage = .malformed
        }
    }
}
