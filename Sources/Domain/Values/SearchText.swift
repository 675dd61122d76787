/// Text made ready for searching: the same folding on what is stored and on what is asked.
package enum SearchText {
    /// Most words of a question that are looked at.
    package static let wordsMax = 8

    /// Lower case, Latin letters without their marks, the rest of the text as it is.
    package static func folded(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.lowercased().unicodeScalars {
            switch scalar.value {
            case 0x0300...0x036F: continue
            case 0x00DF...0x017F, 0x0218...0x021B:
                result += marks[scalar.value] ?? String(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// The folded words: runs of letters and digits.
    package static func words(of text: String) -> [Substring] {
        folded(text).split { character in !character.isLetter && !character.isNumber }
    }

    /// The question for `to_tsquery('simple', …)`: every word, the last letters of each open; nil for none.
    ///
    /// The words have letters and digits only, so none can be an operator of the query language.
    package static func prefixQuery(_ text: String) -> String? {
        let words = words(of: text).prefix(wordsMax).map { $0.prefix(40) + ":*" }
        return words.isEmpty ? nil : words.joined(separator: " & ")
    }

    /// Unicode's decompositions of Latin-1 and Latin Extended-A, lower case, with Romanian ș and ț.
    private static let marks: [UInt32: String] = {
        let groups: [(String, String)] = [
            ("àáâãäåāăą", "a"), ("çćĉċč", "c"), ("ďđð", "d"), ("èéêëēĕėęě", "e"),
            ("ĝğġģ", "g"), ("ĥħ", "h"), ("ìíîïĩīĭįı", "i"), ("ĵ", "j"), ("ķĸ", "k"),
            ("ĺļľŀł", "l"), ("ñńņňŋŉ", "n"), ("òóôõöøōŏő", "o"), ("ŕŗř", "r"),
            ("śŝşšſș", "s"), ("ţťŧț", "t"), ("ùúûüũūŭůűų", "u"), ("ŵ", "w"), ("ýÿŷ", "y"),
            ("źżž", "z"), ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("ĳ", "ij"),
        ]
        var table: [UInt32: String] = [:]
        for (letters, plain) in groups {
            for scalar in letters.unicodeScalars { table[scalar.value] = plain }
        }
        return table
    }()
}
