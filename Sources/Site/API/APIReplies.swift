import Domain
import HTTP
import Postgres
import Store

// How programs are answered.

extension Visit {
    /// Answers with one value.
    ///
    /// - Parameter capacity: about as many bytes as the value will take.
    func json(
        _ value: some JSONWritable, status: Status = .ok, capacity: Int = 1_024
    ) -> Response {
        var json = JSONWriter(capacity: capacity)
        value.write(to: &json)
        return .json(json.finish(), status: status)
    }

    /// Answers with some rows of a list, and with the way to the next ones in the content and in
    /// Link (RFC 8288).
    func json<Item: Sendable, Row: JSONWritable>(
        _ listing: Listing<Item>, _ row: (Item) -> Row
    ) -> Response {
        var response = json(listing.items, next: listing.next?.text, row)
        if let next = listing.next {
            var parameters = query.fields.filter { $0.name != "after" }
                .map { (name: $0.name, value: $0.value) }
            parameters.append(("after", next.text))
            let address = url(head.target.rawPath) + "?" + QueryString.encoded(parameters)
            response.fields.add(.link, "<\(address)>; rel=\"next\"")
        }
        return response
    }

    /// Answers with all rows of a list that has no pages.
    func json<Item, Row: JSONWritable>(_ items: [Item], _ row: (Item) -> Row) -> Response {
        json(items, next: nil, row)
    }

    private func json<Item, Row: JSONWritable>(
        _ items: [Item], next: String?, _ row: (Item) -> Row
    ) -> Response {
        var json = JSONWriter(capacity: 256 + items.count * 512)
        json.object { json in
            json.name("items")
            json.list(items) { json, item in row(item).write(to: &json) }
            json.member("next", next)
        }
        return .json(json.finish())
    }

    /// Runs a write and answers with what it made; with a key, the same request gets the same
    /// answer and nothing is done again.
    ///
    /// - Parameter location: the path under which what was made can be asked for.
    func write<Value: JSONWritable>(
        at location: @Sendable (Value) -> String? = { _ in nil },
        _ body: (Transaction) async throws -> Value
    ) async throws -> Response {
        let status = row.declaration.contract?.status ?? 200
        func answer(_ value: Value) -> StoredAnswer {
            var json = JSONWriter()
            value.write(to: &json)
            return StoredAnswer(
                status: Int(status), location: location(value),
                contentType: "application/json", body: json.finish())
        }
        guard let key = try sentKey() else {
            return Self.response(try await store.write { answer(try await body($0)) })
        }
        let request = Array((head.methodName + " " + head.target.rawPath + "\n").utf8)
        let keyed = KeyedRequest(
            account: try principal().account, key: key,
            hash: Digest.sha256(request + self.request.body))
        return Self.response(
            try await store.once(keyed, at: now) { answer(try await body($0)) })
    }

    private static func response(_ answer: StoredAnswer) -> Response {
        var response = Response.json(answer.body, status: Status(UInt16(clamping: answer.status)))
        if let location = answer.location { response.fields.add(.location, location) }
        return response
    }
}
