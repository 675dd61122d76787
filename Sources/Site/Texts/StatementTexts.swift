import Domain

// What a statement says.

extension MoneyTexts {
    func statement(_ month: String) -> String {
        say("Statement of \(month)", "Extras de cont, \(month)")
    }
    var closed: String {
        say(
            "The month is over: this statement stays as it is.",
            "Luna s-a încheiat: acest extras rămâne neschimbat.")
    }
    var running: String {
        say(
            "The month still runs: this is what it holds so far.",
            "Luna este în curs: acesta este conținutul de până acum.")
    }
    var nothingHappened: String { say("Nothing happened", "Nu s-a întâmplat nimic") }
    var nothingHappenedHint: String {
        say(
            "Your account did not move in this month.",
            "În această lună contul tău nu a avut mișcări.")
    }
    var asCSV: String { say("Download as CSV", "Descarcă în format CSV") }
    var what: String { say("What", "Ce") }
    var owed: String { say("Owed to you", "De plată către tine") }
    var opening: String { say("Before", "Înainte") }
    var closing: String { say("At the end", "La sfârșit") }
    var soFar: String { say("So far", "Până acum") }
    func commissionNumber(_ number: String) -> String {
        say("Commission \(number)", "Comisionul \(number)")
    }

    /// What moved the account.
    func movement(_ kind: Transfer.Kind) -> String {
        switch kind {
        case .hireBilled, .billingAdded: say("Billed", "Facturat")
        case .commissionEarned: say("Commission won", "Comision câștigat")
        case .commissionReversed: say("Commission taken back", "Comision retras")
        case .billingReversed: say("Billing taken back", "Facturare anulată")
        case .companyPaid: say("Paid by the company", "Plătit de companie")
        case .companyUnpaid: say("Payment undone", "Încasare anulată")
        case .payoutSent: say("Payout sent", "Plată trimisă")
        case .payoutSettled: say("Payout arrived", "Plată ajunsă")
        case .payoutFailed: say("Payout came back", "Plată returnată")
        }
    }
}
