import Domain
import Postgres

// What sitemap and feeds are made of.

extension PublicJobs {
    /// Every open job with the moment it last changed, newest first: for the sitemap, which may
    /// have 50,000 addresses (sitemaps.org).
    package func addresses(
        today: CalendarDate, limit: Int = 49_000
    ) async throws -> [(slug: JobSlug, updatedAt: Instant)] {
        try await database.query(
            """
            SELECT slug, updated_at FROM job
            WHERE state = 'published' AND valid_through >= \(today)
            ORDER BY published_at DESC, id DESC LIMIT \(limit)
            """
        ) { row in (slug: try row.next(JobSlug.self), updatedAt: try row.next(Instant.self)) }
    }

    /// The newest open jobs with their whole text.
    package func newest(_ limit: PageLimit, today: CalendarDate) async throws -> [Job] {
        try await database.query(
            """
            \(fragment: Self.wholeJob)
            WHERE j.state = 'published' AND j.valid_through >= \(today)
            ORDER BY j.published_at DESC, j.id DESC LIMIT \(limit.value)
            """, Self.job)
    }
}
