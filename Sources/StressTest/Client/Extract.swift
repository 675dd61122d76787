/// Finding texts between two marks in an answer.
enum Extract {
    private static let lengthMax = 4_096

    /// The first text between the marks, with `&amp;` as `&`; nil where there is none, or one that
    /// could not stand in a request.
    static func first(in content: [UInt8], after: [UInt8], before: [UInt8]) -> [UInt8]? {
        guard let start = position(of: after, in: content, from: 0).map({ $0 + after.count }),
            let end = position(of: before, in: content, from: start), end - start <= lengthMax
        else { return nil }
        let found = content[start..<end]
        guard found.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
        return unescaped(found)
    }

    /// All texts between the marks, at most `countMax`.
    static func all(
        in content: [UInt8], after: [UInt8], before: [UInt8], countMax: Int
    ) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        var index = 0
        while texts.count < countMax,
            let start = position(of: after, in: content, from: index).map({ $0 + after.count }),
            let end = position(of: before, in: content, from: start)
        {
            texts.append(unescaped(content[start..<end]))
            index = end + before.count
        }
        return texts
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let entity = Array("&amp;".utf8)
        guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
        var output: [UInt8] = []
        var rest = text
        while let byte = rest.first {
            output.append(byte)
            rest = rest.dropFirst(rest.starts(with: entity) ? entity.count : 1)
        }
        return output
    }

    private static func position(of mark: [UInt8], in content: [UInt8], from start: Int) -> Int? {
        guard let first = mark.first else { return start }
        var index = start
        while index + mark.count <= content.count {
            guard let next = content[index...].firstIndex(of: first),
                next + mark.count <= content.count
            else { return nil }
            if content[next..<(next + mark.count)].elementsEqual(mark) { return next }
            index = next + 1
        }
        return nil
    }
}
