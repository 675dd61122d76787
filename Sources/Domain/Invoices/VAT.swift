/// A rate of value added tax in basis points: 2,100 are 21 %.
package struct VATRate: Hashable, Sendable {
    package let basisPoints: Int

    package static let range = 1...10_000

    /// Nil outside `range`.
    package init?(basisPoints: Int) {
        guard Self.range.contains(basisPoints) else { return nil }
        self.basisPoints = basisPoints
    }

    /// The tax on a net amount, to the nearest minor unit; what lies in the middle goes to the even one.
    ///
    /// The tax on the opposite amount is the opposite tax.
    package func tax(on net: Money) -> Money {
        let product = Int128(net.minorUnits) * Int128(basisPoints)
        // Toward zero, and what is left has the sign of the amount.
        let (whole, rest) = product.quotientAndRemainder(dividingBy: 10_000)
        let isUp = rest.magnitude > 5_000 || (rest.magnitude == 5_000 && whole % 2 != 0)
        // The rate is at most 1, so the tax fits where the amount does.
        let tax = Int64(whole) + (isUp ? Int64(rest.signum()) : 0)
        return Money(minorUnits: tax, currency: net.currency)
    }
}

/// How an invoice is taxed; the raw value is what the database keeps.
package enum VATTreatment: String, Hashable, Sendable, CaseIterable {
    /// The issuer is not registered, or was not known when it was issued.
    case notCharged = "not_charged"
    /// At the issuer's rate.
    case charged
    /// The recipient owes it in another member state: Directive 2006/112/EC Art. 44 and 196; the
    /// invoice has to say so (Art. 226 (11a)).
    case reverseCharge = "reverse_charge"
    /// Supplied where the recipient is, outside of the issuer's country and no case for Art. 196.
    case outside

    /// What applies between two parties.
    ///
    /// Commissions are agreed net of VAT. A service to a business is supplied where that is
    /// established (Art. 44). In another member state a business is known by its VAT number, which
    /// begins with the letters of its state; without one it is taxed like a neighbour, because nothing
    /// shows that it is a taxable person (Regulation 282/2011 Art. 18 (1)). Outside of the Union a
    /// business needs no number (Art. 18 (3)), and everybody who hires here is one.
    package init(issuer: InvoiceIssuer?, recipient: InvoiceRecipient) {
        guard let issuer, issuer.vatRate != nil else {
            self = .notCharged
            return
        }
        if recipient.country == issuer.country {
            self = .charged
        } else if issuer.country.isInUnion, recipient.country.isInUnion {
            self = recipient.hasVATNumber ? .reverseCharge : .charged
        } else {
            self = .outside
        }
    }
}

/// The tax of one invoice.
package struct InvoiceVAT: Hashable, Sendable {
    package let treatment: VATTreatment
    /// Nil where none is charged.
    package let rate: VATRate?
    /// Of the sign of the invoice's amount, or zero.
    package let amount: Money

    package init(treatment: VATTreatment, rate: VATRate?, amount: Money) {
        self.treatment = treatment
        self.rate = rate
        self.amount = amount
    }

    /// The tax on a net amount between two parties.
    package init(on net: Money, issuer: InvoiceIssuer?, recipient: InvoiceRecipient) {
        let treatment = VATTreatment(issuer: issuer, recipient: recipient)
        let rate = treatment == .charged ? issuer?.vatRate : nil
        self.init(
            treatment: treatment, rate: rate,
            amount: rate?.tax(on: net) ?? .zero(net.currency))
    }

    /// What a credit note gives back of this tax, so that the notes of an invoice that is credited
    /// wholly, in however many parts, give back exactly what it charged.
    ///
    /// - Parameters:
    ///   - net: what the note takes back, without its sign.
    ///   - earlier: what earlier notes took back, without sign, and the tax they gave back.
    package func credit(
        of net: Money, after earlier: (net: Money, tax: Money)
    ) throws(MoneyError) -> InvoiceVAT {
        guard let rate else {
            return InvoiceVAT(treatment: treatment, rate: nil, amount: .zero(net.currency))
        }
        let untilNow = rate.tax(on: try earlier.net.adding(net))
        return InvoiceVAT(
            treatment: treatment, rate: rate,
            amount: try untilNow.subtracting(earlier.tax).negated())
    }
}

extension CountryCode {
    /// Whether it is a member state of the European Union.
    package var isInUnion: Bool { Self.union.contains(text) }

    /// The letters before its VAT numbers: those of the state, but for Greece (Art. 215).
    fileprivate var vatPrefix: String { text == "GR" ? "EL" : text }

    private static let union: Set<String> = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
        "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ]
}

extension InvoiceRecipient {
    /// Whether its tax number looks like one for VAT in its country.
    fileprivate var hasVATNumber: Bool {
        guard let taxID else { return false }
        return taxID.text.hasPrefix(country.vatPrefix) && taxID.text.contains(where: \.isNumber)
    }
}
