/// The media types that a client wants (RFC 9110 12.5.1).
package struct AcceptTypes: Sendable {
    private let list: [(value: String, weight: Int)]
    private let wantsAll: Bool

    /// The types that the fields name; without an Accept field all types are equally welcome.
    package init(_ fields: RequestFields) {
        list = WeightedList(fields, .accept).elements.filter { !$0.isSpecific }
            .map { ($0.value, $0.weight) }
        wantsAll = !fields.contains(.accept)
    }

    /// The best of the offered types, each in lower case as "text/html", the site's favourite
    /// first; nil if the client wants none of them.
    package func best(of offered: [String]) -> String? {
        if wantsAll { return offered.first }
        var best: (type: String, weight: Int)?
        for type in offered {
            let weight = weight(of: type)
            if weight > best?.weight ?? 0 { best = (type, weight) }
        }
        return best?.type
    }

    /// The weight by the most specific range that includes the type.
    private func weight(of type: String) -> Int {
        let family = type.prefix { $0 != "/" } + "/*"
        for range in [type, String(family), "*/*"] {
            if let found = list.first(where: { $0.value == range }) { return found.weight }
        }
        return 0
    }
}
