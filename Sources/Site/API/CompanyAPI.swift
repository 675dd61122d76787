import Domain
import HTTP
import Store

/// A company's candidates and hires for programs.
struct CompanyAPI {
    let visit: Visit

    func candidates(_ id: JobID) async throws -> Response {
        let query = try visit.listQuery()
        _ = try await visit.store.jobs.find(id, for: try visit.principal())
        let found = try await visit.store.candidates.list(
            of: id, at: query["stage"].flatMap(Stage.init(rawValue:)), after: query.after,
            limit: query.limit)
        return visit.json(found) { CandidateRowResource(candidate: $0) }
    }

    func introduction(_ id: IntroductionID) async throws -> Response {
        visit.json(
            IntroductionResource(
                candidate: try await visit.store.candidates.find(
                    id, for: try visit.principal())))
    }

    func moveStage(_ id: IntroductionID) async throws -> Response {
        let move = try StageForm(try visit.sentFields()).move
        let principal = try visit.principal()
        return try await visit.write { transaction in
            try await visit.store.stages.move(
                id, move, by: principal, at: visit.now, in: transaction)
            return StageResource(id: id, stage: move.target)
        }
    }

    func reportHire(_ id: IntroductionID) async throws -> Response {
        let fields = try visit.sentFields()
        let startsOn = try JobForm.date(fields, .startsOn)
        let note = try Note(fields[.note])
        let principal = try visit.principal()
        return try await visit.write(
            at: { _ in APIRoute.introduction(id).path },
            { transaction in
                let hire = try await visit.store.hires.report(
                    id, startsOn: startsOn, note: note, by: principal, at: visit.now,
                    in: transaction)
                return ReportedHireResource(id: hire, introduction: id, startsOn: startsOn)
            })
    }

    func hires() async throws -> Response {
        let query = try visit.listQuery()
        let found = try await visit.store.hires.list(
            of: try visit.company(), after: query.after, limit: query.limit)
        return visit.json(found) { HireResource(hire: $0) }
    }

    func owed() async throws -> Response {
        visit.json(
            OwedResource(owed: try await visit.store.desks.owed(by: try visit.company())))
    }
}
