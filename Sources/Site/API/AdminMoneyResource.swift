import Domain
import Store

/// What a decision about a hire would do now, and the fingerprint with which it may be done.
struct HireConsequencesResource: JSONWritable {
    let consequences: HireConsequences

    static let schemaName = "HireConsequences"
    static let schema = Schema.object([
        .always("from", .any(of: HireState.self)),
        .always("to", .any(of: HireState.self)),
        .always("reversals", .list(.named(Reversal.self))),
        .always("kept", .list(.named(KeptCommission.self))),
        .always("tells", .list(.choice(["affiliate", "company", "admin"]))),
        .always("fingerprint", .text(pattern: "^[0-9a-f]{32}$")),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("from", consequences.from.rawValue)
            json.member("to", consequences.to.rawValue)
            json.member("reversals", consequences.reversals.map { Reversal(reversal: $0) })
            json.member("kept", consequences.kept.map { KeptCommission(row: $0) })
            json.name("tells")
            json.list(consequences.told) { json, told in
                switch told {
                case .affiliate: json.text("affiliate")
                case .company: json.text("company")
                case .admin: json.text("admin")
                }
            }
            json.member("fingerprint", consequences.fingerprint.text)
        }
    }

    /// A commission that would be taken back.
    struct Reversal: JSONWritable {
        let reversal: CommissionReversal

        static let schemaName = "CommissionReversal"
        static let schemaDescription =
            "What was paid stays, and a negative commission takes it off the next payout."
        static let schema = Schema.object([
            .always("commission_id", .id),
            .always("amount", .named(Money.self)),
            .always("due_on", .date),
            .always("is_paid", .boolean),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("commission_id", reversal.commission)
                json.member("amount", reversal.amount)
                json.member("due_on", reversal.dueOn)
                json.member("is_paid", reversal.way == .clawback)
            }
        }
    }

    /// A commission that would stay.
    struct KeptCommission: JSONWritable {
        let row: CommissionRow

        static let schemaName = "KeptCommission"
        static let schema = Schema.object([
            .always("commission_id", .id),
            .always("amount", .named(Money.self)),
            .always("state", .any(of: CommissionState.self)),
        ])

        func write(to json: inout JSONWriter) {
            json.object { json in
                json.member("commission_id", row.id)
                json.member("amount", row.amount)
                json.member("state", row.state.rawValue)
            }
        }
    }
}

/// What became of a hire.
struct DecidedHireResource: JSONWritable {
    let outcome: HireEnding.Outcome

    static let schemaName = "DecidedHire"
    static let schema = Schema.object([
        .always("id", .id),
        .always("state", .any(of: HireState.self)),
        .always("reason", .optional(.any(of: CommissionReason.self))),
        .always("left_on", .optional(.date)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", outcome.hire)
            json.member("state", outcome.state.rawValue)
            json.member("reason", outcome.reason?.rawValue)
            json.member("left_on", outcome.leftOn)
        }
    }
}

/// A commission of anybody's, as a row of the admin's list.
struct AdminCommissionResource: JSONWritable {
    let row: Commissions.Waiting
    let state: CommissionState

    static let schemaName = "AdminCommission"
    static let schema = Schema.object([
        .always("id", .id),
        .always("state", .any(of: CommissionState.self)),
        .always("affiliate_name", .text()),
        .always("candidate_name", .text()),
        .always("company_name", .text()),
        .always("amount", .named(Money.self)),
        .always("due_on", .date),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", row.id)
            json.member("state", state.rawValue)
            json.member("affiliate_name", row.affiliateName.text)
            json.member("candidate_name", row.candidateName.text)
            json.member("company_name", row.companyName.text)
            json.member("amount", row.amount)
            json.member("due_on", row.dueOn)
        }
    }
}

/// Which commissions a decision changed or added.
struct DecidedCommissionsResource: JSONWritable {
    let changed: [CommissionID]

    static let schemaName = "DecidedCommissions"
    static let schemaDescription = "Those that were there already are not named."
    static let schema = Schema.object([.always("changed", .list(.id))])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("changed")
            json.list(changed) { json, id in json.number(id.rawValue) }
        }
    }
}

/// A commission that was added by hand.
struct GrantedCommissionResource: JSONWritable {
    let id: CommissionID
    let grant: CommissionDeeds.Grant

    static let schemaName = "GrantedCommission"
    static let schema = Schema.object([
        .always("id", .id),
        .always("hire_id", .id),
        .always("amount", .named(Money.self)),
        .always("state", .choice([CommissionState.approved.rawValue])),
        .always("borne_by", .any(of: CommissionBearer.self)),
    ])

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("hire_id", grant.hire)
            json.member("amount", grant.amount)
            json.member("state", CommissionState.approved.rawValue)
            json.member("borne_by", grant.bearer.rawValue)
        }
    }
}
