import Domain

extension InvoicePage {
    /// What stands on it.
    package struct Facts: Sendable {
        package let id: InvoiceID
        package let number: InvoiceNumber
        package let reference: CreditorReference
        package let standing: InvoiceStanding
        package let amount: Money
        package let issuedAt: Instant
        package let dueOn: CalendarDate
        /// Nil where nobody had said who issues.
        package let issuer: InvoiceIssuer?
        package let recipient: InvoiceRecipient
        package let vat: InvoiceVAT
        package let hire: HireID
        package let introduction: IntroductionID
        package let candidate: PersonName
        package let job: JobTitle
        package let startsOn: CalendarDate
        package let instalment: Int
        package let instalmentCount: Int
        package let receivedOn: CalendarDate?
        package let bankReference: BankReference
        /// Of a credit note: what it takes back.
        package let credited: InvoiceNumber?
        package let creditNotes: [InvoiceNumber]

        package init(
            id: InvoiceID, number: InvoiceNumber, reference: CreditorReference,
            standing: InvoiceStanding, amount: Money, issuedAt: Instant, dueOn: CalendarDate,
            issuer: InvoiceIssuer?, recipient: InvoiceRecipient, vat: InvoiceVAT, hire: HireID,
            introduction: IntroductionID, candidate: PersonName, job: JobTitle,
            startsOn: CalendarDate, instalment: Int, instalmentCount: Int,
            receivedOn: CalendarDate? = nil, bankReference: BankReference,
            credited: InvoiceNumber? = nil, creditNotes: [InvoiceNumber] = []
        ) {
            self.id = id
            self.number = number
            self.reference = reference
            self.standing = standing
            self.amount = amount
            self.issuedAt = issuedAt
            self.dueOn = dueOn
            self.issuer = issuer
            self.recipient = recipient
            self.vat = vat
            self.hire = hire
            self.introduction = introduction
            self.candidate = candidate
            self.job = job
            self.startsOn = startsOn
            self.instalment = instalment
            self.instalmentCount = instalmentCount
            self.receivedOn = receivedOn
            self.bankReference = bankReference
            self.credited = credited
            self.creditNotes = creditNotes
        }

        var isCreditNote: Bool { !amount.isPositive }

        var isOpen: Bool { standing == .due || standing == .overdue }

        /// The amount, which is net, and the tax: both are bounded, and of one sign.
        var total: Money {
            Money(
                minorUnits: amount.minorUnits + vat.amount.minorUnits, currency: amount.currency)
        }
    }
}
