/// The languages that a client reads (RFC 9110 12.5.4). Asked on nearly every request, so it
/// allocates nothing.
package struct AcceptLanguage: Sendable {
    private let fields: RequestFields

    /// The languages that the fields name.
    package init(_ fields: RequestFields) { self.fields = fields }

    /// The best of the offered languages, by the lookup of RFC 4647 3.4: "ro-MD" finds "ro", and
    /// "en" finds "en-GB" too. Nil if none of them is wanted.
    ///
    /// - Parameter offered: language tags in lower case, the site's favourite first.
    package func best(of offered: [String]) -> String? {
        var refused: String?
        fields.forEachWeightedElement(of: .acceptLanguage) { range in
            if range.weight == 0 { refused = offered.first { range.matches($0.utf8) } ?? refused }
        }
        let candidates = refused == nil ? offered : wanted(of: offered)
        var best: String?
        var bestWeight = 0
        fields.forEachWeightedElement(of: .acceptLanguage) { range in
            guard range.weight > bestWeight, let tag = Self.lookUp(range, in: candidates) else {
                return
            }
            best = tag
            bestWeight = range.weight
        }
        return best
    }

    /// The offered languages that are not refused by name with a weight of 0.
    private func wanted(of offered: [String]) -> [String] {
        offered.filter { tag in
            var isRefused = false
            fields.forEachWeightedElement(of: .acceptLanguage) { range in
                if range.weight == 0 && range.matches(tag.utf8) { isRefused = true }
            }
            return !isRefused
        }
    }

    private static func lookUp(_ range: WeightedElement, in tags: [String]) -> String? {
        if range.matches(CollectionOfOne(Octet.asterisk)) { return tags.first }
        if let tag = tags.first(where: { range.matches($0.utf8) }) { return tag }
        // A shorter range, as "en", includes a longer tag; else the longest tag wins that the
        // range goes on from.
        let value = range.value.lazy.map(\.lowercased)
        if let tag = tags.first(where: { isPrefix(value, of: $0.utf8) }) { return tag }
        return tags.filter { isPrefix($0.utf8, of: value) }.max { $0.utf8.count < $1.utf8.count }
    }

    /// Whether the tag is the beginning of the other one up to a hyphen.
    private static func isPrefix(
        _ tag: some Collection<UInt8>, of longer: some Collection<UInt8>
    ) -> Bool {
        longer.starts(with: tag) && longer.dropFirst(tag.count).first == Octet.hyphen
    }
}
