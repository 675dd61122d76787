import Domain
import HTTP
import Postgres
import Store

// How programs are answered.

extension Visit {
    /// Answers with one value.
    func json(_ value: some JSONWritable, status: Status = .ok) -> Response {
        var json = JSONWriter()
        value.write(to: &json)
        return .json(json.finish(), status: status)
    }

    /// Answers with some rows of a list, and with the way to the next ones in the content and in
    /// Link (RFC 8288).
    func json<Item: Sendable, Row: JSONWritable>(
        _ listing: Listing<Item>, _ row: (Item) -> Row
    ) -> Response {
        var json = JSONWriter(capacity: 256 + listing.items.count * 512)
        json.object { json in
            json.name("items")
            json.list(listing.items) { json, item in row(item).write(to: &json) }
            json.member("next", listing.next?.text)
        }
        var response = Response.json(json.finish())
        if let next = listing.next {
            var parameters = query.fields.filter { $0.name != "after" }
                .map { (name: $0.name, value: $0.value) }
            parameters.append(("after", next.text))
            let address = url(head.target.rawPath) + "?" + QueryString.encoded(parameters)
            response.fields.add("Link", "<\(address)>; rel=\"next\"")
        }
        return response
    }

    /// How many rows a program wants.
    var limit: PageLimit {
        query["limit"].flatMap { Int($0) }.map { PageLimit(clamping: $0) } ?? .usual
    }

    /// The members of the object that was sent.
    func sentObject() throws -> [String: JSONValue] {
        guard ContentType(head.fields)?.isJSON == true else {
            throw Unacceptable(status: .unsupportedMediaType, code: "json_wanted")
        }
        guard case .object(let members) = try JSONValue(request.body) else {
            throw Unacceptable(status: .badRequest, code: "object_wanted")
        }
        return members
    }

    /// The object that was sent, as the fields that forms have too.
    func sentFields() throws -> Fields { .json(try sentObject()) }

    /// The key in the field; nil without one.
    func sentKey() throws(DomainError) -> IdempotencyKey? {
        guard let text = head.fields[.idempotencyKey] else { return nil }
        do {
            return try IdempotencyKey(text)
        } catch {
            throw .invalid([error])
        }
    }

    /// Runs a write and answers with what it made; with a key, the same request gets the same
    /// answer and nothing is done again.
    func write<Value: JSONWritable>(
        status: Status = .ok, _ body: (Transaction) async throws -> Value
    ) async throws -> Response {
        guard let key = try sentKey() else {
            return json(try await store.write(body), status: status)
        }
        let method = Array((head.methodName + " " + head.target.rawPath + "\n").utf8)
        let keyed = KeyedRequest(
            account: try principal().account, key: key,
            hash: Digest.sha256(method + request.body))
        let answer = try await store.once(keyed, at: now) { transaction in
            var json = JSONWriter()
            try await body(transaction).write(to: &json)
            return StoredAnswer(
                status: Int(status.code), contentType: "application/json", body: json.finish())
        }
        return .json(answer.body, status: Status(UInt16(clamping: answer.status)))
    }
}
