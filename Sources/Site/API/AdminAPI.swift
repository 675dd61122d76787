import Domain
import HTTP
import Store

/// The admin's desk for programs.
struct AdminAPI {
    let visit: Visit

    /// The reported ones unless others are asked for: they are what waits for an admin.
    func hires() async throws -> Response {
        let query = try visit.listQuery()
        let hires = visit.store.hires
        let found =
            query["state"] == HireState.recorded.rawValue
            ? try await hires.recorded(after: query.after, limit: query.limit)
            : try await hires.reported(after: query.after, limit: query.limit)
        return visit.json(found) { AdminHireRowResource(hire: $0) }
    }

    func hire(_ id: HireID) async throws -> Response {
        let hire = try await visit.store.hires.find(id)
        let commissions = try await visit.store.commissions.list(of: id, today: visit.today)
        return visit.json(AdminHireResource(hire: hire, commissions: commissions))
    }

    /// Records a reported hire; another first day than the reported one may be named.
    func record(_ id: HireID) async throws -> Response {
        let fields = try visit.sentFields()
        let principal = try visit.principal()
        let hire = try await visit.store.hires.find(id)
        let startsOn =
            fields[.startsOn].isEmpty ? hire.startsOn : try JobForm.date(fields, .startsOn)
        return try await visit.write { transaction in
            RecordedHireResource(
                recorded: try await visit.store.recording.record(
                    hire.introduction, startsOn: startsOn, by: principal, at: visit.now,
                    in: transaction))
        }
    }

    /// Records a hire that nobody reported.
    func record(byHand id: IntroductionID) async throws -> Response {
        let fields = try visit.sentFields()
        let principal = try visit.principal()
        let startsOn: CalendarDate
        do {
            startsOn = try JobForm.date(fields, .startsOn)
        } catch {
            throw DomainError.invalid([error])
        }
        return try await visit.write { transaction in
            RecordedHireResource(
                recorded: try await visit.store.recording.record(
                    id, startsOn: startsOn, by: principal, at: visit.now, in: transaction))
        }
    }

    func companies() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await visit.store.companies.list(
            after: query.after, limit: query.limit, today: visit.today)
        return visit.json(found) { CompanyResource.AdminRow(summary: $0) }
    }

    func verify(_ id: CompanyID) async throws -> Response {
        _ = try visit.sentContent()
        let principal = try visit.principal()
        return try await visit.write { transaction in
            try await visit.store.companies.verify(
                id, by: principal, at: visit.now, in: transaction)
            return CompanyResource.Verified(id: id)
        }
    }
}
