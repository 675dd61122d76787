import Domain
import Postgres
import Store
import TestSupport
import Testing

@testable import Demo

@Suite struct `What the demo data say` {
    @Test func `every field of every job passes the product's own rules`() throws {
        let calendar = DemoCalendar(now)
        let companies = try companies(40)
        let outlines = try JobPlanner(seed: 1, calendar: calendar, companies: companies)
            .outlines(600)
        let maker = JobMaker(seed: 1, companies: companies)

        var romanian = 0
        for outline in outlines {
            let job = try maker.write(outline)
            let details = job.details
            #expect(try JobTitle(details.title.text) == details.title)
            #expect(try JobDescription(details.description.text) == details.description)
            #expect(!details.description.text.contains("{"))
            #expect((2800...6000).contains(details.description.text.utf8.count))
            #expect(JobSlug(job.slug.text) == job.slug)
            #expect(details.salary != nil || outline.state == .draft)
            let units = job.offer.commission.minorUnits / 100
            #expect((150...3000).contains(units))
            #expect((1...2).contains(job.offer.instalments.count))
            #expect(outline.createdAt < now)
            #expect(outline.endsAt >= outline.createdAt)
            if job.language == .romanian { romanian += 1 }
        }
        #expect((20...200).contains(romanian))
    }

    @Test func `jobs are all over Romania and the Union`() throws {
        let companies = try companies(40)
        let outlines = try JobPlanner(
            seed: 1, calendar: DemoCalendar(now), companies: companies
        ).outlines(400)
        let maker = JobMaker(seed: 1, companies: companies)

        let places = try outlines.map { try maker.write($0).place }

        #expect(Set(places.map(\.country)).count > 15)
        #expect(Set(places.filter(\.isRomanian).map(\.city)).count > 10)
        #expect(places.count(where: \.isRomanian) > 180)
    }

    @Test func `every company has a name, an address and a text of its own`() throws {
        let companies = try companies(300)

        #expect(Set(companies.map(\.slug)).count == companies.count)
        let maker = CompanyMaker(
            seed: 1, passwordHash: "scrypt$demo", calendar: DemoCalendar(now))
        let rows = try companies.enumerated().map { index, company in
            try maker.row(company, index: index, count: companies.count)
        }
        #expect(Set(rows.map(\.contact.email.key)).count == rows.count)
        #expect(rows.allSatisfy { $0.page.about.text.utf8.count > 200 })
    }

    @Test func `histories take only steps that the product allows`() async throws {
        try await withDatabase { database in
            try await load(into: database)
            let rows = try await database.query(
                """
                SELECT actor, from_stage, to_stage, at > \(now) FROM stage_history
                """
            ) { row in
                (
                    actor: try row.next(String.self), from: try row.next(Stage?.self),
                    to: try row.next(Stage.self), isAhead: try row.next(Bool.self)
                )
            }

            #expect(rows.count > 1000)
            for row in rows {
                #expect(!row.isAhead)
                guard let from = row.from else { continue }
                let mover: StageMover =
                    switch row.actor {
                    case "candidate": .candidate
                    case "company": .company
                    default: .recording
                    }
                #expect(from.next(for: mover).contains(row.to))
            }
        }
    }

    @Test func `keys follow time, so that the newest comes first in every list`() async throws {
        try await withDatabase { database in
            try await load(into: database)

            for statement: SQL in [
                "SELECT created_at FROM job ORDER BY id",
                "SELECT created_at FROM introduction ORDER BY id",
                "SELECT created_at FROM link ORDER BY id",
                "SELECT reported_at FROM hire ORDER BY id",
            ] {
                let times = try await database.query(statement) { row in
                    try row.next(Instant.self)
                }
                #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
                #expect(times.count > 10)
            }
        }
    }

    @Test func `nothing happens before those who do it are there`() async throws {
        try await withDatabase { database in
            try await load(into: database)

            for statement: SQL in [
                """
                SELECT count(*) FROM job j JOIN company c ON c.id = j.company_id
                WHERE j.created_at < c.created_at OR j.published_at < j.created_at
                """,
                """
                SELECT count(*) FROM link l JOIN job j ON j.id = l.job_id
                JOIN affiliate a ON a.id = l.affiliate_id
                WHERE l.created_at < j.published_at OR l.created_at < a.created_at
                """,
                """
                SELECT count(*) FROM introduction i JOIN job j ON j.id = i.job_id
                LEFT JOIN link l ON l.id = i.link_id
                WHERE i.created_at < j.published_at OR i.created_at < l.created_at
                    OR (i.created_at AT TIME ZONE 'UTC')::date > j.valid_through
                """,
                """
                SELECT count(*) FROM hire h JOIN introduction i ON i.id = h.introduction_id
                WHERE h.reported_at < i.confirmed_at OR h.recorded_at < h.reported_at
                """,
                """
                SELECT count(*) FROM link_click c JOIN link l ON l.id = c.link_id
                WHERE c.day < (l.created_at AT TIME ZONE 'UTC')::date OR c.day > \(today)
                """,
            ] {
                #expect(try await number(statement, in: database) == 0)
            }
        }
    }

    @Test func `a CV is a PDF whose table says where its objects are`() throws {
        var random = DemoRandom(seed: 3)
        let document = CVDocument(
            name: "Ștefan (Fane) Țăranu", email: "stefan@mail.example", city: "Iași",
            title: "Contabil șef", history: CVDocument.history(before: 2026, &random))

        let file = try CVFile(name: "CV-Ștefan.pdf", bytes: document.bytes)

        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.contains("(Stefan \\(Fane\\) Taranu) Tj"))
        let start = try #require(
            text.split(separator: "startxref\n").last?.split(separator: "\n").first)
        let table = try #require(Int(start))
        #expect(file.bytes[table...].starts(with: "xref\n0 7\n".utf8))
        let entries = file.bytes[(table + 9)...]
        for number in 1...6 {
            let begin = entries.startIndex + number * 20
            let digits = String(decoding: entries[begin..<begin + 10], as: UTF8.self)
            let offset = try #require(Int(digits))
            #expect(file.bytes[offset...].starts(with: "\(number) 0 obj\n".utf8))
        }
    }

    private func companies(_ count: Int) throws -> [CompanyMaker.Company] {
        let maker = CompanyMaker(
            seed: 1, passwordHash: "scrypt$demo", calendar: DemoCalendar(now))
        return try (0..<count).map { try maker.company($0) }
    }
}
