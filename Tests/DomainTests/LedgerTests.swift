import Testing

@testable import Domain

@Suite struct `The ledger` {
    private let company = LedgerAccount.companyReceivable(CompanyID(1))
    private let affiliate = LedgerAccount.affiliatePayable(AffiliateID(2))

    @Test func `a hire and its instalment leave the clearing account empty`() throws {
        let billed = try Transfer.hireBilled(.euros(500), company: CompanyID(1))
        let earned = try Transfer.commissionEarned(.euros(500), affiliate: AffiliateID(2))
        let entries = billed.entries + earned.entries
        let clearing = entries.filter { $0.account == .commissionClearing }
        #expect(clearing.map(\.amount.minorUnits).reduce(0, +) == 0)
        #expect(entries.contains(Transfer.Entry(company, .euros(500))))
        #expect(entries.contains(Transfer.Entry(affiliate, .euros(-500))))
    }

    @Test func `a transfer that does not balance cannot be built`() {
        #expect(throws: LedgerError.unbalanced) {
            try Transfer(
                .companyPaid,
                entries: [.init(.bank, .euros(5)), .init(company, .euros(-4))])
        }
    }

    @Test func `a payment goes to the bank with its tax, which is not the company's debt`() throws {
        let paid = try Transfer.companyPaid(
            .euros(500), vat: .euros(105), company: CompanyID(1))
        #expect(
            paid.entries == [
                Transfer.Entry(.bank, .euros(605)), Transfer.Entry(company, .euros(-500)),
                Transfer.Entry(.vatPayable, .euros(-105)),
            ])
        let unpaid = try Transfer.companyUnpaid(
            .euros(500), vat: .euros(105), company: CompanyID(1))
        #expect(
            unpaid.entries == [
                Transfer.Entry(.bank, .euros(-605)), Transfer.Entry(company, .euros(500)),
                Transfer.Entry(.vatPayable, .euros(105)),
            ])
        let plain = try Transfer.companyPaid(
            .euros(500), vat: .zero(.eur), company: CompanyID(1))
        #expect(plain.entries.map(\.account) == [.bank, company])
    }

    @Test func `currencies balance each for itself`() {
        #expect(throws: LedgerError.unbalanced) {
            try Transfer(
                .companyPaid, entries: [.init(.bank, .euros(5)), .init(company, .lei(-5))])
        }
    }

    @Test func `one entry is no transfer, and an entry of nothing is none`() {
        #expect(throws: LedgerError.tooFewEntries) {
            try Transfer(.companyPaid, entries: [.init(.bank, .euros(5))])
        }
        #expect(throws: LedgerError.zeroEntry) {
            try Transfer(
                .companyPaid, entries: [.init(.bank, .zero(.eur)), .init(company, .zero(.eur))])
        }
    }

    @Test func `sums that would wrap to zero are refused`() {
        let most = Money(minorUnits: .max, currency: .eur)
        let entries: [Transfer.Entry] = [
            .init(.bank, most), .init(company, most), .init(affiliate, .euros(1)),
        ]
        #expect(throws: LedgerError.overflow) { try Transfer(.companyPaid, entries: entries) }
    }

    @Test func `random entries are taken exactly when they sum to zero`() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let amounts = (0..<Int.random(in: 2...5, using: &random)).map { _ in
                Int64.random(in: -2...2, using: &random)
            }
            let entries = amounts.map {
                Transfer.Entry(.bank, Money(minorUnits: $0, currency: .eur))
            }
            let transfer = try? Transfer(.companyPaid, entries: entries)
            let isGood = amounts.reduce(0, +) == 0 && !amounts.contains(0)
            #expect((transfer != nil) == isGood)
        }
    }
}
