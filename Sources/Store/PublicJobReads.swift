import Domain
import Postgres

/// The reads of public jobs that a crowd makes at the same time, gathered on their loop.
final class PublicJobReads: Sendable {
    /// One page of the public list.
    struct ListRequest: Hashable, Sendable {
        let search: PublicJobs.Search
        let cursor: Cursor?
        let limit: PageLimit
        let today: CalendarDate
    }

    private let jobs: GatheredRead<JobSlug, PublicJobs.Job>
    private let lists: GatheredRead<ListRequest, Result<PublicJobs.List, any Error>>

    init(_ database: Database) {
        jobs = GatheredRead(loop: database.loop) { slugs in
            let statement = PublicJobs.statement(for: slugs)
            var found: [JobSlug: PublicJobs.Job] = [:]
            found.reserveCapacity(slugs.count)
            for job in try await database.read(statement, PublicJobs.job) {
                found[job.slug] = job
            }
            return found
        }
        lists = GatheredRead(loop: database.loop) { requests in
            await withTaskGroup { group in
                for request in requests {
                    group.addTask { (request, await Self.list(request, database)) }
                }
                return await group.reduce(into: [:]) { found, next in found[next.0] = next.1 }
            }
        }
    }

    func job(_ slug: JobSlug) async throws -> PublicJobs.Job? {
        try await jobs.value(for: slug)
    }

    func list(_ request: ListRequest) async throws -> PublicJobs.List {
        try await lists.value(for: request)?.get() ?? PublicJobs.list([], request.limit)
    }

    private static func list(
        _ request: ListRequest, _ database: Database
    ) async -> Result<PublicJobs.List, any Error> {
        let statement = PublicJobs.statement(
            for: request.search, after: request.cursor, limit: request.limit,
            today: request.today)
        do {
            let rows = try await database.read(statement, PublicJobs.summary)
            return .success(PublicJobs.list(rows, request.limit))
        } catch {
            return .failure(error)
        }
    }
}
