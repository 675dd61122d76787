import Domain
import HTTP
import Store

/// The admin's desk for programs.
struct AdminAPI {
    let visit: Visit

    func hires() async throws -> Response {
        let found = try await visit.store.hires.reported(
            after: visit.cursor, limit: visit.limit)
        return visit.json(found) { HireResource($0) }
    }

    func hire(_ id: HireID) async throws -> Response {
        visit.json(HireResource(try await visit.store.hires.find(id)))
    }

    /// Records a reported hire; another first day than the reported one may be named.
    func record(_ id: HireID) async throws -> Response {
        let fields = visit.request.body.isEmpty ? Fields.json([:]) : try visit.sentFields()
        let hire = try await visit.store.hires.find(id)
        let startsOn =
            fields[.startsOn].isEmpty ? hire.startsOn : try JobForm.date(fields, .startsOn)
        return try await visit.write { transaction in
            RecordedHireResource(
                recorded: try await visit.store.recording.record(
                    hire.introduction, startsOn: startsOn, by: try visit.principal(),
                    at: visit.now, in: transaction))
        }
    }

    func companies() async throws -> Response {
        let found = try await visit.store.companies.list(
            after: visit.cursor, limit: visit.limit, today: visit.today)
        return visit.json(found) { company in
            CompanyResource.AdminRow(
                id: company.profile.id, slug: company.profile.slug,
                name: company.profile.page.name, isVerified: company.profile.isVerified)
        }
    }

    func verify(_ id: CompanyID) async throws -> Response {
        try await visit.write { transaction in
            try await visit.store.companies.verify(
                id, by: try visit.principal(), at: visit.now, in: transaction)
            return CompanyResource.Verified(id: id)
        }
    }
}
