/// The content codings that a client can undo (RFC 9110 12.5.3).
package enum AcceptEncoding {
    /// Whether the coding, named in lower case, may be used for the response.
    package static func allows(_ coding: StaticString, _ fields: RequestFields) -> Bool {
        var named: Int?
        var others: Int?
        fields.forEachWeightedElement(of: .acceptEncoding) { element in
            if element.matches(coding.utf8) {
                named = max(named ?? 0, element.weight)
            } else if element.matches(CollectionOfOne(Octet.asterisk)) {
                others = max(others ?? 0, element.weight)
            }
        }
        return (named ?? others ?? 0) > 0
    }

    /// Whether gzip may be used.
    package static func allowsGzip(_ fields: RequestFields) -> Bool { allows("gzip", fields) }
}
