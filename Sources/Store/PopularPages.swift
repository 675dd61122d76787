import Domain
import Postgres

/// Which public pages are read most, by all instances together.
package struct PopularPages: Sendable {
    let database: Database

    /// A page in one form.
    package struct Page: Hashable, Sendable {
        package let path: String
        package let language: Language
        package let hasCode: Bool

        package init(path: String, language: Language, hasCode: Bool) {
            self.path = path
            self.language = language
            self.hasCode = hasCode
        }
    }

    /// More are nobody's favourites.
    package static let countMax = 1_000

    /// Adds readings to those counted before, of which those of a day ago count half.
    ///
    /// - Parameter reads: of each page, at least one; the longest paths there are have 300 characters.
    package func add(_ reads: [Page: Int], at now: Instant) async throws {
        guard !reads.isEmpty else { return }
        // In one order, so that two instances do not wait for each other in a circle.
        let pages = reads.sorted {
            ($0.key.path, $0.key.language.rawValue) < ($1.key.path, $1.key.language.rawValue)
        }
        try await database.execute(
            """
            INSERT INTO popular_page AS p (path, language, has_code, reads, counted_at)
            SELECT path, language, has_code, reads, \(now)
            FROM unnest(\(pages.map(\.key.path)), \(pages.map(\.key.language.rawValue)),
                \(pages.map(\.key.hasCode)), \(pages.map { Int64($0.value) }))
                AS n (path, language, has_code, reads)
            ON CONFLICT (path, language, has_code) DO UPDATE SET
                reads = EXCLUDED.reads + p.reads * power(0.5, least(greatest(
                    extract(epoch FROM EXCLUDED.counted_at - p.counted_at) / 86400.0, 0), 100)),
                counted_at = EXCLUDED.counted_at
            """)
    }

    /// The pages that are read most, first those.
    package func list(limit: Int, at now: Instant) async throws -> [Page] {
        try await database.query(
            """
            SELECT path, language, has_code FROM popular_page
            ORDER BY reads * power(0.5, least(greatest(
                extract(epoch FROM \(now) - counted_at) / 86400.0, 0), 100)) DESC, path
            LIMIT \(Int64(limit))
            """
        ) { row in
            Page(path: try row.next(), language: try row.next(), hasCode: try row.next())
        }
    }

    /// Forgets all but the most read.
    package func trim(at now: Instant) async throws {
        try await database.execute(
            """
            DELETE FROM popular_page WHERE (path, language, has_code) IN (
                SELECT path, language, has_code FROM popular_page
                ORDER BY reads * power(0.5, least(greatest(
                    extract(epoch FROM \(now) - counted_at) / 86400.0, 0), 100)) DESC, path
                OFFSET \(Int64(Self.countMax)))
            """)
    }
}
