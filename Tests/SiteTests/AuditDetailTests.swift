import Domain
import Store
import Testing

@testable import Site

@Suite struct AuditDetailTests {
    private func lines(_ detail: String, of subject: String = "commission") -> [String] {
        let entry = AuditLog.Entry(
            id: AuditID(1), at: TestSite.now, actor: "admin", account: AccountID(1),
            actorName: nil, address: nil, action: "test.row", subject: subject, subjectID: 1,
            detail: detail)
        return AuditDetail(entry).lines.map { line in
            let value = line.money.map { "\($0.decimal) \($0.currency.rawValue)" } ?? line.value
            return "\(line.name): \(line.before.map { $0 + " > " } ?? "")\(value)"
        }
    }

    @Test func `the state comes first, before and after`() {
        #expect(
            lines(
                "{\"amount\": 25050, \"currency\": \"EUR\", \"to\": \"held\", \"from\": \"pending\"}"
            )
                == [": pending > held", "amount: 250.50 EUR"])
        #expect(lines("{\"to\": \"reported\", \"from\": null}") == [": – > reported"])
    }

    @Test func `a value stands beside what it was, under either name`() {
        #expect(
            lines("{\"iban\": \"DE89\", \"iban_before\": \"RO49\"}") == ["iban: RO49 > DE89"])
        #expect(lines("{\"iban\": \"DE89\", \"iban_before\": null}") == ["iban: – > DE89"])
        #expect(
            lines(
                """
                {"commission": 500, "currency": "EUR", "from_commission": 100,
                 "from_currency": "RON", "from_days": 60, "days": 90}
                """, of: "job") == ["commission: 1.00 RON > 5.00 EUR", "days: 60 > 90"])
        #expect(lines("{\"from_stage\": \"offer\"}") == ["from_stage: offer"])
    }

    @Test func `a commission's number is no amount`() {
        #expect(
            lines("{\"commission\": 7, \"amount\": 100, \"currency\": \"RON\"}")
                == ["amount: 1.00 RON", "commission: 7"])
    }

    @Test(arguments: ["", "[]", "1", "{", "{\"a\": {\"b\": 1}}", "{\"a\": null}"])
    func `what says nothing has no lines`(detail: String) {
        #expect(lines(detail).isEmpty)
    }
}
