import Domain
import HTTP

// What programs send.

extension Visit {
    /// The content that was sent; it has the shape that the route's contract names.
    ///
    /// - Throws: `Unacceptable`, `JSONValue.Malformation`, `RefusedRequest`.
    func sentContent() throws -> JSONValue {
        let schema = row.declaration.contract?.takes?.schema ?? .object([])
        // Where nothing has to be said, nothing may be sent.
        let value: JSONValue
        if request.body.isEmpty, !schema.hasRequiredMembers {
            value = .object([:])
        } else {
            guard ContentType(head.fields)?.isJSON == true else {
                throw Unacceptable(status: .unsupportedMediaType, code: "json_wanted")
            }
            value = try JSONValue(request.body)
        }
        try RefusedRequest.check(ShapeCheck(value, schema).complaints)
        return value
    }

    /// The content, as the fields that forms have too.
    func sentFields() throws -> Fields {
        guard case .object(let members) = try sentContent() else { return .json([:]) }
        return .json(members)
    }

    /// The key in the field, bare or in quotes as a structured field (RFC 8941 3.3.3); nil without
    /// one where the route can do without.
    func sentKey() throws -> IdempotencyKey? {
        guard let text = head.fields[.idempotencyKey] else {
            guard row.declaration.contract?.key != .required else {
                throw Unacceptable(status: .badRequest, code: "idempotency_key_wanted")
            }
            return nil
        }
        let isQuoted = text.utf8.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
        do {
            return try IdempotencyKey(isQuoted ? String(text.dropFirst().dropLast()) : text)
        } catch {
            throw DomainError.invalid([error])
        }
    }
}

extension Schema {
    /// Whether an object of this shape says anything at all.
    var hasRequiredMembers: Bool {
        guard case .object(let members) = self else { return true }
        return members.contains(where: \.isRequired)
    }
}
