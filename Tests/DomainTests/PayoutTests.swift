import Testing

@testable import Domain

@Suite struct `Where and how money is paid` {
    @Test(arguments: [
        "RO49AAAA1B31007593840000", "ro49 aaaa 1b31 0075 9384 0000", "DE89370400440532013000",
        "GB29NWBK60161331926819", "NO9386011117947", "MT84MALT011000012345MTLCAST001S",
        "FR1420041010050500013M02606",
    ])
    func `an account of the registry is taken, however it is written`(text: String) throws {
        let iban = try IBAN(text)
        #expect(iban.text == text.uppercased().filter { $0 != " " })
        #expect(try IBAN(iban.description) == iban)
    }

    @Test(arguments: [
        ("", ValidationError.Reason.missing), ("RO50AAAA1B31007593840000", .wrongCheckDigits),
        ("RO49AAAA1B3100759384000", .malformed), ("RO49AAAA1B310075938400001", .malformed),
        ("US64SVBKUS6S3300958879", .unsupported), ("RO49AAAA1B31007593840O0?", .malformed),
        ("4949AAAA1B31007593840000", .malformed), ("ROXXAAAA1B31007593840000", .malformed),
        ("RO49", .malformed), (String(repeating: "1", count: 61), .tooLong(max: 34)),
    ])
    func `anything else is refused with the reason`(
        text: String, reason: ValidationError.Reason
    ) {
        #expect(throws: ValidationError(.iban, reason)) { _ = try IBAN(text) }
    }

    @Test func `every single mistyped digit and every swap of two is found`() throws {
        let right = Array("RO49AAAA1B31007593840000")
        for index in right.indices where right[index].isNumber {
            var wrong = right
            wrong[index] = wrong[index] == "9" ? "0" : "9"
            guard wrong != right else { continue }
            #expect(throws: ValidationError.self) { _ = try IBAN(String(wrong)) }
        }
        for index in right.indices.dropLast()
        where right[index].isNumber && right[index + 1].isNumber
            && right[index] != right[index + 1]
        {
            var wrong = right
            wrong.swapAt(index, index + 1)
            #expect(throws: ValidationError.self) { _ = try IBAN(String(wrong)) }
        }
    }

    @Test func `a reference carries its check digits`() {
        // The example of ISO 11649.
        #expect(CreditorReference("539007547034")?.text == "RF18539007547034")
        #expect(CreditorReference("V20260000001")?.text.count == 16)
        #expect(CreditorReference("") == nil)
        #expect(CreditorReference("V-1") == nil)
        #expect(CreditorReference(String(repeating: "1", count: 22)) == nil)
    }

    @Test func `a tax number is letters and digits`() throws {
        #expect(try TaxID("ro 12.345-67").text == "RO1234567")
        for text in ["", "1", "12_34", "ș123", String(repeating: "1", count: 21)] {
            #expect(throws: ValidationError.self, "\(text)") { _ = try TaxID(text) }
        }
    }

    @Test func `names come in the letters that banks take`() {
        #expect(LatinText.sepa("Ștefan Țîrlea-Năstăsescu", max: 70) == "Stefan Tirlea-Nastasescu")
        #expect(LatinText.sepa("Müller & Söhne <AG>", max: 70) == "Muller . Sohne .AG.")
        #expect(LatinText.sepa("\u{53}\u{326}erban", max: 70) == "Serban")
        #expect(LatinText.sepa("Ægir/Łukasz", max: 70) == "AEgir.Lukasz")
        #expect(LatinText.sepa(String(repeating: "ß", count: 60), max: 70).utf8.count == 70)
        #expect(LatinText.sepa("Иван", max: 70) == "....")
        #expect(LatinText.cell("=SUM(A1),\"x\"\n", max: 70) == "SUM.A1...x..")
        #expect(LatinText.cell("-+@", max: 70) == ".")
    }

    @Test func `a file of lei is a table without formulas, each line as long as the others`()
        throws
    {
        let file = try Self.file(.ron, holders: ["Ana Pop", "=cmd,\"x\"", "Ștefan"])
        let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\r\n")
        #expect(lines.count == 4)
        #expect(
            lines[1]
                == "VOUCH-P1,Ana Pop,RO49AAAA1B31007593840000,10.01,RON,2026-11-23,"
                + "Vouch commissions. payout 1")
        #expect(
            lines.allSatisfy {
                $0.split(separator: ",", omittingEmptySubsequences: false).count == 7
            })
        #expect(!lines.contains { $0.contains("=") || $0.contains("\"") })
        #expect(file.fileName == "vouch-batch-9.csv")
    }

    @Test func `a SEPA file says what rule 8 asks for`() throws {
        let file = try Self.file(.eur, holders: ["Ștefan Țîrlea", "B & C <Bank>"])
        let text = String(decoding: file.bytes, as: UTF8.self)
        for part in [
            "xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"", "<NbOfTxs>2</NbOfTxs>",
            "<CtrlSum>20.03</CtrlSum>", "<ReqdExctnDt><Dt>2026-11-23</Dt></ReqdExctnDt>",
            "<ChrgBr>SLEV</ChrgBr>", "<EndToEndId>VOUCH-P2</EndToEndId>",
            "<InstdAmt Ccy=\"EUR\">10.01</InstdAmt>", "<Nm>Stefan Tirlea</Nm>",
            "<Nm>B . C .Bank.</Nm>",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(text.utf8.allSatisfy { $0 < 0x80 })
    }

    static func file(_ currency: Currency, holders: [String]) throws -> PaymentFile {
        let iban = try IBAN("RO49AAAA1B31007593840000")
        let transfers = try holders.enumerated().map { index, holder in
            PaymentFile.Transfer(
                payout: PayoutID(Int64(index + 1)), affiliate: AffiliateID(1),
                details: PayoutDetails(
                    holder: try AccountHolder(holder), iban: iban, country: .romania,
                    taxID: try TaxID("12")),
                amount: Money(minorUnits: 1001 + Int64(index), currency: currency))
        }
        let day = CalendarDate(daysSinceEpoch: 20_779)
        return PaymentFile(
            batch: PayoutBatchID(9), createdAt: Instant(day), executesOn: day.adding(days: 1),
            payer: PaymentFile.Payer(name: try AccountHolder("Vouch Recomandări"), iban: iban),
            currency: currency, transfers: transfers)
    }
}

@Suite struct `Months` {
    @Test func `a month is read, ends where the next begins, and follows its days`() throws {
        let february = try #require(CalendarMonth("2028-02"))
        #expect(february.next.description == "2028-03")
        #expect(february.end == february.next.start)
        #expect(february.end.date.days(since: february.firstDay) == 29)
        let december = try #require(CalendarMonth("2026-12"))
        #expect(december.next.description == "2027-01")
        for text in ["", "2026-13", "2026-1", "2026-00", "9999-01", "2026-01-01", "+026-01"] {
            #expect(CalendarMonth(text) == nil, "\(text)")
        }
    }
}

@Suite struct `Deeds and their consequences` {
    private let start = CalendarDate(daysSinceEpoch: 20_000)

    private func facts(_ states: [CommissionState], hire: HireState = .recorded) -> HireFacts {
        let rows = states.enumerated().map { index, state in
            CommissionRow(
                id: CommissionID(Int64(index + 1)), kind: .instalment, state: state,
                amount: .euros(100), dueOn: start.adding(days: 30 * (index + 1)),
                takenBack: .zero(.eur))
        }
        return HireFacts(
            id: HireID(1), state: hire, startsOn: start, guaranteeEndsOn: start.adding(days: 60),
            affiliate: AffiliateID(1), company: CompanyID(1), commissions: rows)
    }

    @Test func `the fingerprint follows every fact and the deed, not the note`() throws {
        let today = start.adding(days: 40)
        let make = { (deed: HireDeed, facts: HireFacts) in
            try HireConsequences(of: deed, to: facts, by: .admin, today: today).fingerprint
        }
        let cancel = HireDeed.cancel(.other, note: Note(stored: "a"))
        let base = try make(cancel, facts([.pending, .pending]))
        #expect(
            try make(.cancel(.other, note: Note(stored: "b")), facts([.pending, .pending])) == base)
        let others = [
            try make(
                .cancel(.hireCancelled, note: Note(stored: "a")), facts([.pending, .pending])),
            try make(cancel, facts([.approved, .pending])), try make(cancel, facts([.pending])),
            try make(cancel, facts([.pending, .pending], hire: .confirmed)),
            try make(
                .leftEarly(on: today, note: Note(stored: "")), facts([.pending, .pending])),
            try make(
                .leftEarly(on: start, note: Note(stored: "")), facts([.pending, .pending])),
        ]
        #expect(Set(others + [base]).count == 7)
        #expect(Fingerprint(base.text) == base)
        #expect(Fingerprint(base.text.uppercased() + "x") == nil)
    }

    @Test func `a fingerprint is that of the reference implementation`() {
        // Noll's test vectors for 128 bits.
        #expect(Fingerprint(of: "").text == "6c62272e07bb014262b821756295c58d")
        #expect(Fingerprint(of: "a").text == "d228cb696f1a8caf78912b704e4a8964")
    }

    @Test func `silence speaks for whoever spoke last`() {
        #expect(DisputeState.open.outcomeOfSilence == .upheld)
        #expect(DisputeState.answered.outcomeOfSilence == .rejected)
        #expect(DisputeState.replied.outcomeOfSilence == nil)
        #expect(DisputeState.open.speaker(openedBy: .company) == .affiliate)
        #expect(DisputeState.answered.speaker(openedBy: .company) == .company)
    }

    @Test func `a part is more than nothing and less than all`() throws {
        for part in [Money.euros(0), .euros(100), .euros(-1), .lei(5)] {
            #expect(throws: DomainError.self, "\(part)") {
                _ = try DisputeOutcome.partly(part).granted(of: .euros(100))
            }
        }
        #expect(try DisputeOutcome.partly(.euros(99)).granted(of: .euros(100)) == .euros(99))
    }
}
