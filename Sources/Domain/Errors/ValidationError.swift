/// A value a person sent that cannot be used, named so that a form can say so next to the field.
package struct ValidationError: Error, Hashable, Sendable {
    package let field: Field
    package let reason: Reason

    package init(_ field: Field, _ reason: Reason) {
        self.field = field
        self.reason = reason
    }

    /// The input a value came from; the raw value is the name in forms and in JSON.
    package enum Field: String, Hashable, Sendable, CaseIterable {
        case name
        case companyName = "company_name"
        case email
        case password
        case passwordAgain = "password_again"
        case newPassword = "new_password"
        case currentPassword = "current_password"
        case candidateName = "candidate_name"
        case factorCode = "factor_code"
        case currentCode = "current_code"
        case recoveryCode = "recovery_code"
        case phone
        case about
        case website
        case title
        case description
        case employmentType = "employment_type"
        case country
        case city
        case remote
        case salary
        case salaryMin = "salary_min"
        case salaryMax = "salary_max"
        case salaryCurrency = "salary_currency"
        case salaryPeriod = "salary_period"
        case validThrough = "valid_through"
        case commission
        case commissionCurrency = "commission_currency"
        case guaranteeDays = "guarantee_days"
        case instalments
        case channel
        case code
        case slug
        case cv
        case message
        case consent
        case stage
        case reason
        case note
        case startsOn = "starts_on"
        case leftOn = "left_on"
        case amount
        case borneBy = "borne_by"
        case text
        case evidence
        case outcome
        case holder
        case iban
        case taxID = "tax_id"
        case billingName = "billing_name"
        case billingAddress = "billing_address"
        case billingCountry = "billing_country"
        case billingTaxID = "billing_tax_id"
        case cutOff = "cut_off"
        case failure
        case receivedOn = "received_on"
        case bankReference = "bank_reference"
        case month
        case tokenName = "token_name"
        case language
        case mode
        case search
        case cursor
        case limit
        case idempotencyKey = "idempotency_key"
    }

    /// Why a value is refused; the sentence for it is the page's.
    package enum Reason: Hashable, Sendable {
        case missing
        case malformed
        case tooShort(min: Int)
        case tooLong(max: Int)
        case tooLarge(bytesMax: Int)
        case outOfRange(min: Int, max: Int)
        case notPositive
        case minAboveMax
        case tooManyDecimals(max: Int)
        case currencyMismatch
        case inThePast
        case inTheFuture
        case tooFarAhead(days: Int)
        case notAccepted
        case doesNotMatch
        case unsupported
        case tooCommon
        case containsPersonalData
        case sharesNotHundred
        case wrongFileType
        case wrongCheckDigits
        case wrongPassword
        case wrongCode
    }
}

/// Reads the fields of one form and keeps every complaint, so that a person sees all of them at once.
package struct Validation: Sendable {
    /// The complaints so far, in the order of reading.
    package private(set) var errors: [ValidationError] = []

    package init() {}

    /// The value, or nil with the complaint kept.
    package mutating func read<Value>(
        _ make: () throws(ValidationError) -> Value
    ) -> Value? {
        do {
            return try make()
        } catch {
            errors.append(error)
            return nil
        }
    }

    /// Keeps a complaint that concerns several fields or none of the values.
    package mutating func refuse(_ field: ValidationError.Field, _ reason: ValidationError.Reason) {
        errors.append(ValidationError(field, reason))
    }

    /// Throws `DomainError.invalid` when anything was refused.
    package func finish() throws(DomainError) {
        guard errors.isEmpty else { throw .invalid(errors) }
    }
}
