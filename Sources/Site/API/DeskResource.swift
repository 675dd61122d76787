import Domain
import Store

/// All that waits of one kind.
struct QueuePartResource: JSONWritable {
    let part: AdminQueue.Part

    static let schemaName = "QueuePart"
    static let schemaDescription =
        "A count of 100 means that many or more; the items are the oldest."
    static let schema = Schema.object([
        .always("kind", .any(of: AdminQueue.Kind.self)),
        .always("count", .integer(min: 0)),
        .always("items", .list(.named(Item.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", part.kind.rawValue)
            json.member("count", part.count)
            json.member("items", part.items.map { Item(item: $0) })
        }
    }

    /// Something that waits.
    struct Item: JSONWritable {
        let item: AdminQueue.Item

        static let schemaName = "QueueItem"
        static let schema = Schema.object([
            .always("id", .id),
            .always("hire_id", .optional(.id)),
            .always("name", .text()),
            .always("about", .text()),
            .always("amount", .optional(.named(Money.self))),
            .always("at", .moment),
        ])

        func write(to json: inout JSONWriter) {
            let (id, hire) = keys
            json.object { json in
                json.name("id")
                json.number(id)
                json.member("hire_id", number: hire)
                json.member("name", item.name)
                json.member("about", item.about)
                json.member("amount", item.amount)
                json.member("at", item.at)
            }
        }

        private var keys: (id: Int64, hire: Int64?) {
            switch item.subject {
            case .company(let id): (id.rawValue, nil)
            case .hire(let id): (id.rawValue, id.rawValue)
            case .guarantee(let hire, let id): (id.rawValue, hire.rawValue)
            case .commission(let id), .held(let id): (id.rawValue, nil)
            case .dispute(let id, let hire): (id.rawValue, hire.rawValue)
            case .introductionFlag(let id, _): (id.rawValue, nil)
            case .affiliateFlag(let id): (id.rawValue, nil)
            case .payout(let id, _): (id.rawValue, nil)
            case .mail(let id): (id.rawValue, nil)
            case .invoice(let id, _): (id.rawValue, nil)
            }
        }
    }
}

/// The queue of an admin.
struct QueueResource: JSONWritable {
    let parts: [AdminQueue.Part]

    static let schemaName = "Queue"
    static let schema = Schema.object([.always("parts", .list(.named(QueuePartResource.self)))])

    func write(to json: inout JSONWriter) {
        json.object { json in json.member("parts", parts.map { QueuePartResource(part: $0) }) }
    }
}

/// A row of the audit log.
struct AuditResource: JSONWritable {
    let entry: AuditLog.Entry

    static let schemaName = "AuditEntry"
    static let schema = Schema.object([
        .always("id", .id),
        .always("at", .moment),
        .always("actor", .choice(["company", "affiliate", "admin", "candidate", "system"])),
        .always("account_id", .optional(.id)),
        .always("actor_name", .optional(.text())),
        .always("address", .optional(.text())),
        .always("action", .text()),
        .always("subject", .text()),
        .always("subject_id", .integer(min: 0)),
        .always("detail", .list(.named(Detail.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", entry.id)
            json.member("at", entry.at)
            json.member("actor", entry.actor)
            json.member("account_id", number: entry.account?.rawValue)
            json.member("actor_name", entry.actorName?.text)
            json.member("address", entry.address)
            json.member("action", entry.action)
            json.member("subject", entry.subject)
            json.name("subject_id")
            json.number(entry.subjectID)
            json.member("detail", AuditDetail(entry).lines.map { Detail(line: $0) })
        }
    }

    /// One value.
    struct Detail: JSONWritable {
        let line: AuditDetail.Line

        static let schemaName = "AuditDetail"
        static let schemaDescription =
            "The state before and after has the name state; amounts are in minor units."
        static let schema = Schema.object([
            .always("name", .text()),
            .always("before", .optional(.text())),
            .always("value", .text()),
            .always("currency", .optional(.any(of: Currency.self))),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("name", line.name.isEmpty ? "state" : line.name)
                json.member("before", line.before == "–" ? nil : line.before)
                json.member("value", line.value)
                json.member("currency", line.money?.currency.rawValue)
            }
        }
    }
}

/// What a search found.
struct SearchResource: JSONWritable {
    let groups: [AdminSearch.Group]

    static let schemaName = "Found"
    static let schema = Schema.object([.always("groups", .list(.named(FoundGroup.self)))])

    func write(to json: inout JSONWriter) {
        json.object { json in json.member("groups", groups.map { FoundGroup(group: $0) }) }
    }

    /// What was found of one kind.
    struct FoundGroup: JSONWritable {
        let group: AdminSearch.Group

        static let schemaName = "FoundGroup"
        static let schema = Schema.object([
            .always("kind", .any(of: AdminSearch.Kind.self)),
            .always("items", .list(.named(Hit.self))),
            .always("has_more", .boolean),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("kind", group.kind.rawValue)
                json.member("items", group.hits.map { Hit(hit: $0) })
                json.member("has_more", group.hasMore)
            }
        }
    }

    /// Something that was found; for a payout, `about` is the end of its account number.
    struct Hit: JSONWritable {
        let hit: AdminSearch.Hit

        static let schemaName = "FoundItem"
        static let schema = Schema.object([
            .always("id", .id), .always("name", .text()), .always("about", .text()),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.name("id")
                json.number(hit.target.number)
                json.member("name", hit.name)
                json.member("about", hit.about)
            }
        }
    }
}

/// Whether the books balance, and how many rows are off.
struct BooksResource: JSONWritable {
    let report: Books.Report

    static let schemaName = "Books"
    static let schema = Schema.object([
        .always("is_balanced", .boolean),
        .always("transfers", .integer(min: 0)),
        .always("entries", .integer(min: 0)),
        .always("accounts", .list(.named(Sum.self))),
        .always("problems", .list(.named(Problem.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("is_balanced", report.isBalanced)
            json.member("transfers", report.transfers)
            json.member("entries", report.entries)
            json.member("accounts", report.accounts.map { Sum(balance: $0) })
            json.member("problems", BooksPage(report).problems.map { Problem(problem: $0) })
        }
    }

    /// The sum of one kind of account in one currency.
    struct Sum: JSONWritable {
        let balance: Books.Balance

        static let schemaName = "LedgerSum"
        static let schemaDescription = "Debits are positive, credits negative."
        static let schema = Schema.object([
            .always("account", .any(of: LedgerAccount.Kind.self)),
            .always("amount", .named(Money.self)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("account", balance.kind.rawValue)
                json.member("amount", balance.amount)
            }
        }
    }

    /// A row that is off.
    struct Problem: JSONWritable {
        let problem: BooksPage.Problem

        static let schemaName = "BooksProblem"
        static let schema = Schema.object([
            .always("subject", .text()),
            .always("said", .optional(.named(Money.self))),
            .always("booked", .optional(.named(Money.self))),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("subject", Texts(.english).admin.problem(problem.subject))
                json.member("said", problem.said)
                json.member("booked", problem.booked)
            }
        }
    }
}
