/// The languages that a client reads (RFC 9110 12.5.4).
package struct AcceptLanguage: Sendable {
    private let ranges: [(value: String, weight: Int)]

    /// The languages that the fields name.
    package init(_ fields: RequestFields) {
        ranges = WeightedList(fields, .acceptLanguage).elements.map { ($0.value, $0.weight) }
    }

    /// The best of the offered languages, by the lookup of RFC 4647 3.4: "ro-MD" finds "ro", and
    /// "en" finds "en-GB" too. Nil if none of them is wanted.
    ///
    /// - Parameter offered: language tags in lower case, the site's favourite first.
    package func best(of offered: [String]) -> String? {
        let refused = Set(ranges.filter { $0.weight == 0 }.map(\.value))
        let candidates = offered.filter { !refused.contains($0) }
        for range in ranges where range.weight > 0 {
            if range.value == "*" {
                if let first = candidates.first { return first }
            } else if let tag = Self.lookUp(range.value, in: candidates) {
                return tag
            }
        }
        return nil
    }

    private static func lookUp(_ range: String, in tags: [String]) -> String? {
        var subtags = range.split(separator: "-", omittingEmptySubsequences: false)
        if let tag = tags.first(where: { $0.hasPrefix(range + "-") }), !tags.contains(range) {
            return tag
        }
        while !subtags.isEmpty {
            let prefix = subtags.joined(separator: "-")
            if let tag = tags.first(where: { $0 == prefix }) { return tag }
            subtags.removeLast()
        }
        return nil
    }
}
