/// The media types that a client wants (RFC 9110 12.5.1).
package struct AcceptTypes: Sendable {
    private let fields: RequestFields

    /// The types that the fields name; without an Accept field all types are equally welcome.
    package init(_ fields: RequestFields) { self.fields = fields }

    /// The best of the offered types, each in lower case as "text/html", the site's favourite
    /// first; nil if the client wants none of them.
    package func best(of offered: [String]) -> String? {
        guard fields.contains(.accept) else { return offered.first }
        var best: String?
        var bestWeight = 0
        for type in offered {
            let weight = weight(of: type)
            if weight > bestWeight {
                best = type
                bestWeight = weight
            }
        }
        return best
    }

    /// The weight by the most specific range that includes the type; ranges with parameters are
    /// for variants of a type that are not offered.
    private func weight(of type: String) -> Int {
        let family = String(type.prefix { $0 != "/" }) + "/*"
        var weight = 0
        var precision = 0
        fields.forEachWeightedElement(of: .accept) { range in
            guard !range.isSpecific else { return }
            for (rank, name) in ["*/*", family, type].enumerated()
            where rank >= precision && range.matches(name.utf8) {
                weight = rank + 1 > precision ? range.weight : max(weight, range.weight)
                precision = rank + 1
            }
        }
        return weight
    }
}
