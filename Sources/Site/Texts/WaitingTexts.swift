import Domain

// What waits for an admin besides hires: flags and invoices.

extension MoneyTexts {
    var waiting: String { say("Waiting", "În așteptare") }
    var waitingLead: String {
        say(
            "Nothing that carries a mark is paid out before somebody has looked at it.",
            "Nimic din ce poartă un semn nu se plătește înainte să se uite cineva.")
    }
    var flags: String { say("Marks to look at", "Semne de verificat") }
    var noFlags: String { say("No mark waits", "Niciun semn nu așteaptă") }
    var noFlagsHint: String {
        say(
            "Conflicts of interest that we find appear here.",
            "Conflictele de interese găsite apar aici.")
    }
    var found: String { say("Found", "Găsit") }
    var mark: String { say("Mark", "Semn") }
    var resolve: String { say("It is in order", "Este în regulă") }
    var invoices: String { say("Open invoices", "Facturi deschise") }
    var allInvoices: String { say("All invoices", "Toate facturile") }
    var noInvoices: String { say("No invoice is open", "Nicio factură deschisă") }
    var noInvoicesHint: String {
        say(
            "A company is invoiced when a commission is approved.",
            "O companie primește factură când se aprobă un comision.")
    }
    var number: String { say("Number", "Număr") }
    var reference: String { say("Reference", "Referință") }
    var received: String { say("Received", "Încasată") }

    func introduction(_ number: String) -> String {
        say("Introduction \(number)", "Recomandarea \(number)")
    }
    func affiliates(_ one: String, _ other: String) -> String {
        say("Affiliates \(one) and \(other)", "Afiliații \(one) și \(other)")
    }
    func resolveNamed(_ name: String) -> String {
        say("Why \(name) is in order", "De ce este în regulă: \(name)")
    }
    func receivedNamed(_ number: String) -> String {
        say("Mark \(number) as received", "Marchează \(number) ca încasată")
    }
    func bankReference(_ number: String) -> String {
        say("Reference of the bank for \(number)", "Referința băncii pentru \(number)")
    }
}
