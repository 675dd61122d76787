import Domain

/// What companies owe: the list of invoices, and the page of each.
package struct InvoiceTexts: TextGroup {
    let voice: Voice
}

// MARK: - The list

extension InvoiceTexts {
    var title: String { say("Invoices", "Facturi") }
    var lead: String {
        say(
            "One for each instalment of a commission, once it is approved.",
            "Câte una pentru fiecare tranșă de comision, după ce este aprobată.")
    }
    var allOfThem: String { say("All", "Toate") }
    var filter: String { say("Which invoices", "Ce facturi") }
    var nothing: String { say("Nothing", "Nimic") }
    var none: String { say("No invoice here", "Nicio factură aici") }
    var noneHint: String {
        say(
            "An invoice is issued when a commission is approved, at the end of its guarantee.",
            "Factura se emite când comisionul este aprobat, la sfârșitul garanției.")
    }
    var number: String { say("Number", "Număr") }
    var company: String { say("Company", "Compania") }
    var issuedOn: String { say("Issued", "Emisă") }
    var dueOn: String { say("Due", "Scadentă") }
    var amount: String { say("Net amount", "Suma netă") }

    func standing(_ standing: InvoiceStanding) -> String {
        switch standing {
        case .due: say("Due", "De plată")
        case .overdue: say("Overdue", "Restantă")
        case .paid: say("Paid", "Plătită")
        case .void: say("Void", "Anulată")
        }
    }
}

// MARK: - One invoice

extension InvoiceTexts {
    func invoice(_ number: String) -> String { say("Invoice \(number)", "Factura \(number)") }
    func creditNote(_ number: String) -> String {
        say("Credit note \(number)", "Nota de credit \(number)")
    }
    var issuer: String { say("Issued by", "Emisă de") }
    var recipient: String { say("Issued to", "Emisă către") }
    var account: String { say("Account (IBAN)", "Cont (IBAN)") }
    var reference: String { say("Payment reference (ISO 11649)", "Referința plății (ISO 11649)") }
    var what: String { say("For what", "Pentru ce") }
    var instalment: String { say("Instalment", "Tranșa") }
    var state: String { say("State", "Stare") }
    var receivedOn: String { say("Received on", "Încasată la") }
    var bankReference: String { say("Reference of the bank", "Referința băncii") }
    var credits: String { say("Takes back", "Stornează") }
    var creditedBy: String { say("Credited by", "Stornată prin") }
    var toPay: String { say("How to pay", "Cum se plătește") }
    var writeThis: String {
        say("Write this on the transfer", "Scrie aceasta pe ordinul de plată")
    }
    var writeThisWhy: String {
        say(
            "Without this reference we cannot tell which invoice you paid.",
            "Fără această referință nu putem ști ce factură ai plătit.")
    }
    var printHint: String {
        say(
            "This page prints on one A4 sheet, or saves as a PDF file with your browser.",
            "Pagina se tipărește pe o coală A4 sau se salvează ca PDF din browser.")
    }
    var received: String { say("Mark as received", "Marchează ca încasată") }
    var receivedWhy: String {
        say(
            "The ledger notes that the company paid. This cannot be undone.",
            "Registrul notează că a plătit compania. Operația nu se poate anula.")
    }
    var noAccount: String {
        say(
            "Our bank account is not shown yet: please ask us before you pay.",
            "Contul nostru bancar nu este afișat încă: te rugăm să ne întrebi înainte să plătești.")
    }
    var notToPay: String {
        say(
            "Nothing is to be paid: the commission was taken back before the payment.",
            "Nu este nimic de plătit: comisionul a fost retras înainte de plată.")
    }
    var isPaid: String { say("This is paid. Thank you.", "Este plătită. Mulțumim.") }
    var isPaidOut: String {
        say("We have paid this back to you.", "Am returnat această sumă.")
    }
    var wePay: String {
        say("You owe nothing here: we pay this back to you.", "Nu ai de plătit: returnăm noi suma.")
    }

    func hiring(_ candidate: String, _ job: String) -> String {
        say(
            "Commission for hiring \(candidate) as \(job)",
            "Comision pentru angajarea lui \(candidate) ca \(job)")
    }
    func firstDay(_ day: String) -> String { say("First day: \(day)", "Prima zi: \(day)") }
    func instalment(_ number: String, of count: String) -> String {
        say("\(number) of \(count)", "\(number) din \(count)")
    }
    func transfer(_ amount: String, to name: String, by day: String) -> String {
        say(
            "Please transfer \(amount) to \(name) by \(day).",
            "Te rugăm să transferi \(amount) către \(name) până la \(day).")
    }
    func transfer(_ amount: String, by day: String) -> String {
        say(
            "Please transfer \(amount) by \(day).",
            "Te rugăm să transferi \(amount) până la \(day).")
    }
}
