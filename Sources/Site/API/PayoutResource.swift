import Domain
import Store

/// What a run would pay now, whom it would pass over, and the fingerprint with which it may be made.
struct PayoutRunResource: JSONWritable {
    let run: PayoutRun
    let total: Money
    let names: [AffiliateID: PersonName]

    static let schemaName = "PayoutRun"
    static let schema = Schema.object([
        .always("cut_off", .date),
        .always("minimum", .named(Money.self)),
        .always("total", .named(Money.self)),
        .always("lines", .list(.named(Line.self))),
        .always("passed_over", .list(.named(PassedOver.self))),
        .always("fingerprint", .text(pattern: "^[0-9a-f]{32}$")),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("cut_off", run.choice.cutOff)
            json.member("minimum", run.choice.minimum)
            json.member("total", total)
            json.member("lines", run.lines.map { Line(line: $0) })
            json.member(
                "passed_over",
                run.skipped.map { PassedOver(skipped: $0, name: names[$0.affiliate]) })
            json.member("fingerprint", run.fingerprint.text)
        }
    }

    /// One transfer to be.
    struct Line: JSONWritable {
        let line: PayoutRun.Line

        static let schemaName = "PayoutRunLine"
        static let schema = Schema.object([
            .always("affiliate_id", .id),
            .always("holder", .text()),
            .always("iban", .text()),
            .always("amount", .named(Money.self)),
            .always("commissions", .list(.id)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("affiliate_id", line.affiliate)
                json.member("holder", line.details.holder.text)
                json.member("iban", line.details.iban.text)
                json.member("amount", line.total)
                json.name("commissions")
                json.list(line.commissions) { json, row in json.number(row.id.rawValue) }
            }
        }
    }

    /// Somebody who would not be paid.
    struct PassedOver: JSONWritable {
        let skipped: PayoutRun.Skipped
        let name: PersonName?

        static let schemaName = "PassedOver"
        static let schema = Schema.object([
            .always("affiliate_id", .id),
            .always("name", .optional(.text())),
            .always("amount", .named(Money.self)),
            .always("reason", .any(of: PayoutRun.Skipped.Reason.self)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("affiliate_id", skipped.affiliate)
                json.member("name", name?.text)
                json.member("amount", skipped.amount)
                json.member("reason", skipped.reason.rawValue)
            }
        }
    }
}

/// A batch of payouts.
struct BatchResource: JSONWritable {
    let batch: Payouts.Batch

    static let schemaName = "PayoutBatch"
    static let schema = Schema.object([
        .always("id", .id),
        .always("cut_off", .date),
        .always("created_at", .moment),
        .always("sent_at", .optional(.moment)),
        .always("payouts", .integer(min: 0)),
        .always("total", .named(Money.self)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", batch.id)
            json.member("cut_off", batch.cutOff)
            json.member("created_at", batch.createdAt)
            json.member("sent_at", batch.sentAt)
            json.member("payouts", batch.count)
            json.member("total", batch.total)
        }
    }
}

/// One line of a batch, as an admin sees it.
struct AdminPayoutResource: JSONWritable {
    let payout: PayoutLists.Payout

    static let schemaName = "AdminPayout"
    static let schema = Schema.object([
        .always("id", .id),
        .always("batch_id", .id),
        .always("affiliate_id", .id),
        .always("holder", .text()),
        .always("iban", .text()),
        .always("amount", .named(Money.self)),
        .always("state", .any(of: PayoutState.self)),
        .always("failure", .optional(.any(of: PayoutFailure.self))),
        .always("note", .text()),
        .always("settled_at", .optional(.moment)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", payout.id)
            json.member("batch_id", payout.batch)
            json.member("affiliate_id", payout.affiliate)
            json.member("holder", payout.details.holder.text)
            json.member("iban", payout.details.iban.text)
            json.member("amount", payout.amount)
            json.member("state", payout.state.rawValue)
            json.member("failure", payout.failure?.rawValue)
            json.member("note", payout.note.text)
            json.member("settled_at", payout.settledAt)
        }
    }
}

/// A payout as its affiliate sees it.
struct PayoutResource: JSONWritable {
    let payout: PayoutLists.Payout

    static let schemaName = "Payout"
    static let schema = Schema.object([
        .always("id", .id),
        .always("created_at", .moment),
        .always("iban", .text()),
        .always("amount", .named(Money.self)),
        .always("state", .any(of: PayoutState.self)),
        .always("failure", .optional(.any(of: PayoutFailure.self))),
        .always("note", .text()),
        .always("settled_at", .optional(.moment)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", payout.id)
            json.member("created_at", payout.createdAt)
            json.member("iban", payout.details.iban.masked)
            json.member("amount", payout.amount)
            json.member("state", payout.state.rawValue)
            json.member("failure", payout.failure?.rawValue)
            json.member("note", payout.note.text)
            json.member("settled_at", payout.settledAt)
        }
    }
}

/// Where an affiliate is paid.
struct PayoutAccountResource: JSONWritable {
    let account: PayoutAccounts.Account?

    static let schemaName = "PayoutAccount"
    static let schemaDescription = "The account is null before the first time."
    static let schema = Schema.object([.always("account", .optional(.named(Known.self)))])

    func write(to json: inout JSONWriter) {
        json.object { json in json.member("account", account.map { Known(account: $0) }) }
    }

    /// What the affiliate gave.
    struct Known: JSONWritable {
        let account: PayoutAccounts.Account

        static let schemaName = "KnownPayoutAccount"
        static let schema = Schema.object([
            .always("holder", .text()),
            .always("iban", .text()),
            .always("country", .text(pattern: "^[A-Z]{2}$")),
            .always("tax_id", .text()),
            .always("version", .integer(min: 1)),
            .always("updated_at", .moment),
        ])

        func write(to json: inout JSONWriter) {
            let details = account.details
            json.object { json in
                json.member("holder", details.holder.text)
                json.member("iban", details.iban.text)
                json.member("country", details.country.text)
                json.member("tax_id", details.taxID.text)
                json.member("version", account.version)
                json.member("updated_at", account.updatedAt)
            }
        }
    }
}

/// A month of an affiliate, replayed from the ledger.
struct StatementResource: JSONWritable {
    let statement: Statement
    let isClosed: Bool

    static let schemaName = "Statement"
    static let schemaDescription = "A closed month never changes again."
    static let schema = Schema.object([
        .always("month", .text(pattern: "^[0-9]{4}-[0-9]{2}$")),
        .always("is_closed", .boolean),
        .always("sections", .list(.named(Section.self))),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("month", statement.month.description)
            json.member("is_closed", isClosed)
            json.member("sections", statement.sections.map { Section(section: $0) })
        }
    }

    /// The account in one currency.
    struct Section: JSONWritable {
        let section: Statement.Section

        static let schemaName = "StatementSection"
        static let schema = Schema.object([
            .always("opening", .named(Money.self)),
            .always("lines", .list(.named(Line.self))),
            .always("closing", .named(Money.self)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("opening", section.opening)
                json.member("lines", section.lines.map { Line(line: $0) })
                json.member("closing", section.closing)
            }
        }
    }

    /// One movement.
    struct Line: JSONWritable {
        let line: Statement.Line

        static let schemaName = "StatementLine"
        static let schema = Schema.object([
            .always("on", .date),
            .always("kind", .any(of: Transfer.Kind.self)),
            .always("hire_id", .optional(.id)),
            .always("commission_id", .optional(.id)),
            .always("payout_id", .optional(.id)),
            .always("amount", .named(Money.self)),
            .always("balance", .named(Money.self)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("on", line.on)
                json.member("kind", line.kind.rawValue)
                json.member("hire_id", number: line.hire?.rawValue)
                json.member("commission_id", number: line.commission?.rawValue)
                json.member("payout_id", number: line.payout?.rawValue)
                json.member("amount", line.amount)
                json.member("balance", line.balance)
            }
        }
    }
}

extension JSONWriter {
    /// A member that is a number or null.
    mutating func member(_ name: StaticString, number value: Int64?) {
        self.name(name)
        if let value { number(value) } else { null() }
    }
}
