/// The content codings that a client can undo (RFC 9110 12.5.3).
package enum AcceptEncoding {
    /// Whether the coding, named in lower case, may be used for the response.
    package static func allows(_ coding: String, _ fields: RequestFields) -> Bool {
        guard fields.contains(.acceptEncoding) else { return false }
        let list = WeightedList(fields, .acceptEncoding)
        return (list.weight(of: coding) ?? list.weight(of: "*") ?? 0) > 0
    }

    /// Whether gzip may be used; what nearly every client sends is decided without a copy.
    package static func allowsGzip(_ fields: RequestFields) -> Bool {
        let common: StaticString = "gzip, deflate"
        let isCommon = fields.withValue(of: .acceptEncoding) { value in
            let count = common.utf8.count
            return value.count >= count && common.equals(value.part(0..<count))
                && value.firstIndex(of: Octet.semicolon, from: 0) == nil
                && (value.count == count || value[count] == Octet.comma)
        }
        guard let isCommon else { return false }
        return isCommon || allows("gzip", fields)
    }
}
