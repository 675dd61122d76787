import Domain
import Postgres

/// Finding people, companies, jobs, hires, payouts and invoices again.
///
/// Names are found by the beginnings of their words, addresses by their beginning, account numbers by
/// their end, everything by its number. Without pg_trgm, which not every server that somebody else
/// runs allows: an admin knows how a name begins.
package struct AdminSearch: Sendable {
    let database: Database

    /// Something that was found.
    package struct Hit: Hashable, Sendable {
        package let target: Target
        /// What it is called.
        package let name: String
        /// What tells it from others of that name; may be empty.
        package let about: String

        package init(target: Target, name: String, about: String) {
            self.target = target
            self.name = name
            self.about = about
        }
    }

    /// What it is.
    package enum Target: Hashable, Sendable {
        case account(AccountID)
        /// A candidate, with the hire that came of it if any.
        case candidate(IntroductionID, HireID?)
        case company(CompanyID, CompanySlug)
        case job(JobID, JobSlug)
        case hire(HireID)
        case payout(PayoutID, PayoutBatchID)
        case invoice(InvoiceID, InvoiceNumber)
    }

    /// The kinds, in the order of the answer.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case accounts, candidates, companies, jobs, hires, payouts, invoices
    }

    /// What was found of one kind, the newest first.
    package struct Group: Hashable, Sendable {
        package let kind: Kind
        package let hits: [Hit]
        /// Whether there are more than are shown.
        package let hasMore: Bool

        package init(kind: Kind, hits: [Hit], hasMore: Bool) {
            self.kind = kind
            self.hits = hits
            self.hasMore = hasMore
        }
    }

    /// How many of each kind are shown.
    package static let hitsMax = 10

    /// What a question finds; kinds of which nothing was found are absent.
    package func find(_ question: SearchQuestion) async throws -> [Group] {
        var groups: [Group] = []
        for kind in Kind.allCases {
            guard let statement = Self.statement(kind, question) else { continue }
            let hits = try await database.query(statement) { row in try Self.hit(kind, &row) }
            guard !hits.isEmpty else { continue }
            groups.append(
                Group(
                    kind: kind, hits: Array(hits.prefix(Self.hitsMax)),
                    hasMore: hits.count > Self.hitsMax))
        }
        return groups
    }

    // MARK: Statements

    /// `id, other, name, about, slug` of what may be meant; nil where nothing of the kind can be.
    ///
    /// Each way to find something is a bounded statement over one index.
    static func statement(_ kind: Kind, _ question: SearchQuestion) -> SQL? {
        let ways = ways(kind, question)
        guard !ways.isEmpty else { return nil }
        let limited = ways.map { way -> SQL in "(\(fragment: way) LIMIT \(hitsMax + 1))" }
        return """
            WITH found (id) AS (\(fragment: SQL.joined(limited, by: " UNION ")))
            \(fragment: selection(kind)) ORDER BY 1 DESC LIMIT \(hitsMax + 1)
            """
    }

    private static func ways(_ kind: Kind, _ question: SearchQuestion) -> [SQL] {
        switch kind {
        case .accounts:
            return accounts(question)
        case .candidates:
            return candidates(question).map { way -> SQL in
                "SELECT id FROM introduction WHERE candidate_id IN (\(fragment: way))"
            }
        case .companies:
            return [
                question.number.map { "SELECT id FROM company WHERE id = \($0)" },
                question.words.map {
                    """
                    SELECT id FROM company
                    WHERE folded_words(name) @@ to_tsquery('simple', \($0))
                    """
                },
            ].compactMap { $0 }
        case .jobs:
            return [
                question.number.map { "SELECT id FROM job WHERE id = \($0)" },
                "SELECT id FROM job WHERE slug = \(question.text)",
                question.words.map {
                    """
                    SELECT id FROM job
                    WHERE folded_words(title) @@ to_tsquery('simple', \($0))
                    """
                },
            ].compactMap { $0 }
        case .hires:
            let people = candidates(question).map { way -> SQL in
                """
                SELECT h.id FROM introduction i JOIN hire h ON h.introduction_id = i.id
                WHERE i.candidate_id IN (\(fragment: way))
                """
            }
            return people
                + [question.number.map { "SELECT id FROM hire WHERE id = \($0)" }].compactMap { $0 }
        case .payouts: return payouts(question)
        case .invoices:
            return [
                question.number.map { "SELECT id FROM invoice WHERE id = \($0)" },
                question.reference.map { "SELECT id FROM invoice WHERE number = \($0)" },
                question.reference.map { "SELECT id FROM invoice WHERE reference = \($0)" },
            ].compactMap { $0 }
        }
    }

    private static func accounts(_ question: SearchQuestion) -> [SQL] {
        [
            question.number.map { "SELECT id FROM account WHERE id = \($0)" },
            question.words.map {
                "SELECT id FROM account WHERE folded_words(name) @@ to_tsquery('simple', \($0))"
            },
            question.emailPrefix.map { "SELECT id FROM account WHERE email_key LIKE \($0)" },
            question.ibanTail.map {
                """
                SELECT a.id FROM payout_account p JOIN account a USING (affiliate_id)
                WHERE reverse(p.iban) LIKE \($0)
                """
            },
        ].compactMap { $0 }
    }

    private static func candidates(_ question: SearchQuestion) -> [SQL] {
        let limit = hitsMax + 1
        return [
            question.words.map {
                """
                SELECT id FROM candidate
                WHERE folded_words(name) @@ to_tsquery('simple', \($0)) LIMIT \(limit)
                """
            },
            question.emailPrefix.map {
                "SELECT id FROM candidate WHERE lower(email) LIKE \($0) LIMIT \(limit)"
            },
        ].compactMap { $0 }
    }

    private static func payouts(_ question: SearchQuestion) -> [SQL] {
        let owners = accounts(question).dropFirst(question.number == nil ? 0 : 1).map {
            way -> SQL in
            """
            SELECT p.id FROM payout p JOIN account a USING (affiliate_id)
            WHERE a.id IN (\(fragment: way) LIMIT \(hitsMax + 1))
            """
        }
        return owners
            + [
                question.number.map { "SELECT id FROM payout WHERE id = \($0)" },
                question.payout.map { "SELECT id FROM payout WHERE id = \($0)" },
                question.ibanTail.map { "SELECT id FROM payout WHERE reverse(iban) LIKE \($0)" },
            ].compactMap { $0 }
    }

    private static func selection(_ kind: Kind) -> SQL {
        switch kind {
        case .accounts:
            "SELECT id, NULL::bigint, name, email, NULL::text FROM found JOIN account USING (id)"
        case .candidates:
            """
            SELECT i.id, (SELECT max(h.id) FROM hire h WHERE h.introduction_id = i.id), p.name,
                p.email, NULL::text
            FROM found JOIN introduction i USING (id) JOIN candidate p ON p.id = i.candidate_id
            """
        case .companies:
            """
            SELECT id, NULL::bigint, name, coalesce(city, country), slug
            FROM found JOIN company USING (id)
            """
        case .jobs:
            """
            SELECT j.id, NULL::bigint, j.title, c.name, j.slug
            FROM found JOIN job j USING (id) JOIN company c ON c.id = j.company_id
            """
        case .hires:
            """
            SELECT h.id, NULL::bigint, p.name, c.name, NULL::text
            FROM found JOIN hire h USING (id) JOIN introduction i ON i.id = h.introduction_id
            JOIN candidate p ON p.id = i.candidate_id JOIN company c ON c.id = i.company_id
            """
        case .payouts:
            """
            SELECT p.id, p.batch_id, p.holder, right(p.iban, 4), NULL::text
            FROM found JOIN payout p USING (id)
            """
        case .invoices:
            """
            SELECT v.id, NULL::bigint, v.number, c.name, NULL::text
            FROM found JOIN invoice v USING (id) JOIN company c ON c.id = v.company_id
            """
        }
    }

    // MARK: Reading

    private static func hit(_ kind: Kind, _ row: inout Row) throws -> Hit {
        let id: Int64 = try row.next()
        let other: Int64? = try row.next()
        let name: String = try row.next()
        let about: String = try row.next()
        let slug: String? = try row.next()
        let target: Target =
            switch kind {
            case .accounts: .account(AccountID(id))
            case .candidates: .candidate(IntroductionID(id), other.map { HireID($0) })
            case .companies: .company(CompanyID(id), CompanySlug(stored: slug ?? ""))
            case .jobs: .job(JobID(id), JobSlug(stored: slug ?? ""))
            case .hires: .hire(HireID(id))
            case .payouts: .payout(PayoutID(id), PayoutBatchID(other ?? 0))
            case .invoices: .invoice(InvoiceID(id), InvoiceNumber(stored: name))
            }
        return Hit(target: target, name: name, about: about)
    }
}
