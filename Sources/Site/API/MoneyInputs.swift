import Domain

// What programs send on the money path.

/// A decision about a hire; without the fingerprint of its preview it is not done.
enum HireDecisionInput: Described {
    static let schemaName = "HireDecisionInput"
    static let schema = Schema.object(
        members + [.always("fingerprint", .text(pattern: "^[0-9a-f]{32}$"))])

    /// What a preview wants too, in its query.
    static let members: [Schema.Member] = [
        .always("outcome", .choice(outcomes)),
        .maybe("reason", .any(of: CommissionReason.self)),
        .maybe("left_on", .date),
        .maybe("note", .text(lengthMax: TextRules.Note.lengthMax)),
    ]

    private static let outcomes = [HireState.confirmed, .leftEarly, .cancelled].map(\.rawValue)
}

/// A decision about commissions, all of them or none.
enum CommissionDecisionInput: Described {
    static let schemaName = "CommissionDecisionInput"
    static let schemaDescription = "To hold and to reverse take a reason and a note."
    static let schema = Schema.object([
        .always("outcome", .any(of: CommissionDecision.self)),
        .always("commissions", .list(.id)),
        .maybe("reason", .any(of: CommissionReason.self)),
        .maybe("note", .text(lengthMax: TextRules.Note.lengthMax)),
    ])
}

/// A commission that is added by hand.
enum GrantInput: InputDocument {
    static let schemaName = "GrantInput"
    static let schema = Schema.object([
        .always("amount", .named(Money.self)),
        .always("borne_by", .any(of: CommissionBearer.self)),
        .always("reason", .any(of: CommissionReason.self)),
        .always("note", .text(lengthMax: TextRules.Note.lengthMax)),
    ])

    static func pointer(to field: ValidationError.Field) -> String {
        field == .amount ? "/amount/minor_units" : "/" + field.rawValue
    }
}

/// A batch as its preview showed it.
enum BatchInput: InputDocument {
    static let schemaName = "BatchInput"
    static let schema = Schema.object([
        .always("currency", .any(of: Currency.self)),
        .always("cut_off", .date),
        .always("fingerprint", .text(pattern: "^[0-9a-f]{32}$")),
    ])

    static func pointer(to field: ValidationError.Field) -> String {
        field == .commissionCurrency ? "/currency" : "/" + field.rawValue
    }
}

/// What the bank did with some lines of a batch, all of them or none.
enum BankAnswerInput: Described {
    static let schemaName = "BankAnswerInput"
    static let schema = Schema.object([
        .always("payouts", .list(.id)),
        .always("outcome", .choice([PayoutState.paid, .failed].map(\.rawValue))),
        .maybe("failure", .any(of: PayoutFailure.self)),
        .maybe("note", .text(lengthMax: TextRules.Note.lengthMax)),
    ])
}

/// Where an affiliate wants to be paid; the password is asked for again.
enum PayoutAccountInput: Described {
    static let schemaName = "PayoutAccountInput"
    static let schema = Schema.object([
        .always("holder", .text(lengthMax: TextRules.AccountHolder.lengthMax)),
        .always("iban", .text(lengthMax: 42)),
        .always("country", .choice(CountryCode.known.map(\.text))),
        .always("tax_id", .text(lengthMax: 30)),
        .always("password", .text()),
    ])
}
