/// The name of a thing in an address: lower-case letters, digits and single dashes.
package struct Slug<Tag>: Hashable, Sendable {
    package let text: String

    package static var lengthMax: Int { 120 }

    /// Takes a slug out of an address; nil when no slug looks like that.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= Self.lengthMax, bytes.first != UInt8(ascii: "-"),
            bytes.last != UInt8(ascii: "-"),
            bytes.allSatisfy({ $0.isDigit || $0.isLowercaseLetter || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.text = text
    }

    /// Takes a slug that the database kept.
    package init(stored text: String) {
        self.text = text
    }

    /// Makes a slug of words, with a code at the end that makes it one of its kind.
    ///
    /// - Parameter random: at least eight random bytes, 40 bits of code.
    package init(words: String, random: some Collection<UInt8>) {
        let code = CodeAlphabet.text(of: random.prefix(8))
        let stem = Self.dashed(words, lengthMax: Self.lengthMax - 40)
        text = stem.isEmpty ? code : stem + "-" + code
    }

    /// Makes a slug of words only, for names that are their own; nil when no letter is left.
    package init?(words: String) {
        self.init(Self.dashed(words, lengthMax: Self.lengthMax - 40))
    }

    private static func dashed(_ words: String, lengthMax: Int) -> String {
        var stem = ""
        for word in SearchText.words(of: words) {
            guard stem.utf8.count + word.utf8.count + 1 <= lengthMax else { break }
            let ascii = word.utf8.filter { $0.isDigit || $0.isLowercaseLetter }
            guard !ascii.isEmpty else { continue }
            stem += (stem.isEmpty ? "" : "-") + String(decoding: ascii, as: UTF8.self)
        }
        return stem
    }
}

extension Slug: CustomStringConvertible {
    package var description: String { text }
}

/// A job's name in addresses.
package typealias JobSlug = Slug<IDTag.Job>
/// A company's name in addresses.
package typealias CompanySlug = Slug<IDTag.Company>
