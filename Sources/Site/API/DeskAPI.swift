import Domain
import HTTP
import Store

/// The queue, the log, the search and the books for programs.
struct DeskAPI {
    let visit: Visit

    func queue() async throws -> Response {
        visit.json(
            QueueResource(parts: try await visit.store.adminQueue.parts(today: visit.today)))
    }

    func audit() async throws -> Response {
        let query = try visit.listQuery()
        guard let wanted = AuditFilter({ query[$0] }).wanted else {
            throw RefusedRequest(complaints: [
                Complaint(
                    place: .parameter(AuditFilter.action),
                    reason: .value(ValidationError(.search, .malformed)))
            ])
        }
        let found = try await visit.store.audit.list(
            wanted, after: query.after, limit: query.limit)
        return visit.json(found) { AuditResource(entry: $0) }
    }

    func search() async throws -> Response {
        let query = try visit.listQuery()
        let question: SearchQuestion?
        do throws(ValidationError) {
            question = try SearchQuestion(query["q"] ?? "")
        } catch {
            throw RefusedRequest(complaints: [
                Complaint(place: .parameter("q"), reason: .value(error))
            ])
        }
        guard let question else { return visit.json(SearchResource(groups: [])) }
        return visit.json(
            SearchResource(groups: try await visit.store.adminSearch.find(question)))
    }

    func setOverload() async throws -> Response {
        let handlers = OverloadHandlers(visit: visit)
        let mode = try OverloadHandlers.mode(in: try visit.sentFields())
        var isNew = false
        let response = try await visit.write { transaction in
            try await handlers.note(mode, in: transaction)
            isNew = true
            return OverloadResource(handlers.view(in: mode))
        }
        // A request that is repeated gets its answer, and does not undo what came after it.
        if isNew { handlers.act(mode) }
        return response
    }

    func books() async throws -> Response {
        visit.json(
            BooksResource(report: try await visit.store.books.check(deadline: .seconds(20))))
    }
}
