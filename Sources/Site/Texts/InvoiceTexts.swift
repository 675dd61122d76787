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
    var net: String { say("Net amount", "Suma netă") }
    var total: String { say("Total", "Total") }

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
    var issuerUnknown: String {
        say(
            "This invoice does not say who issues it: nobody had told when it was issued. Set "
                + "issuerName, issuerAddress, issuerCountry and issuerTaxID for the next ones.",
            "Factura nu spune cine o emite: la emitere nu era stabilit. Setează issuerName, "
                + "issuerAddress, issuerCountry și issuerTaxID pentru următoarele.")
    }
    func taxNumber(_ number: String) -> String {
        say("Tax number \(number)", "Cod fiscal \(number)")
    }
    func vat(_ rate: String) -> String { say("VAT \(rate)", "TVA \(rate)") }

    /// Why no tax is charged, in the words that the law wants; nil where it is charged.
    func vat(_ treatment: VATTreatment, isIssuerKnown: Bool) -> String? {
        switch treatment {
        case .charged: nil
        case .notCharged where isIssuerKnown:
            say(
                "VAT is not included: the issuer is not registered for VAT.",
                "TVA nu este inclusă: emitentul nu este înregistrat în scopuri de TVA.")
        case .notCharged: say("VAT is not included.", "TVA nu este inclusă.")
        case .reverseCharge:
            say(
                "Reverse charge: the recipient is liable for the VAT (Articles 44 and 196 of "
                    + "Directive 2006/112/EC).",
                "Taxare inversă: TVA este datorată de beneficiar (articolele 44 și 196 din "
                    + "Directiva 2006/112/CE).")
        case .outside:
            say(
                "Outside the scope of VAT here: supplied where the recipient is established "
                    + "(Article 44 of Directive 2006/112/EC).",
                "Neimpozabil aici: locul prestării este la sediul beneficiarului (articolul 44 din "
                    + "Directiva 2006/112/CE).")
        }
    }
    var received: String { say("Mark as received", "Marchează ca încasată") }
    var receivedWhy: String {
        say(
            "The ledger notes that the company paid, and the company is told.",
            "Registrul notează că a plătit compania, iar compania este anunțată.")
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

// MARK: - Undoing a payment

extension InvoiceTexts {
    var reopen: String { say("Undo the payment", "Anulează încasarea") }
    func reopenTitle(_ number: String) -> String {
        say("Undo the payment of \(number)", "Anulează încasarea facturii \(number)")
    }
    var reopenLead: String {
        say(
            "For a payment that was marked by mistake, or that the bank took back.",
            "Pentru o încasare marcată din greșeală sau retrasă de bancă.")
    }
    var nothingToReopen: String {
        say(
            "This invoice is not marked as received: there is nothing to undo.",
            "Factura nu este marcată ca încasată: nu este nimic de anulat.")
    }
    var reopenWhat: String { say("What will happen", "Ce se va întâmpla") }
    var doReopen: String { say("Open the invoice again", "Redeschide factura") }
    func opensAgain(_ day: String) -> String {
        say(
            "The invoice is open again, due \(day).",
            "Factura este din nou de plată, scadentă la \(day).")
    }
    func ledgerGoesBack(_ amount: String, _ company: String) -> String {
        say(
            "The ledger gets a new transfer: \(amount) back from the bank to what \(company) owes. "
                + "Nothing in it is deleted.",
            "Registrul primește un transfer nou: \(amount) din bancă înapoi la datoria companiei "
                + "\(company). Nimic nu se șterge.")
    }
    func owesThen(_ company: String, before: String, after: String) -> String {
        say(
            "\(company) owes \(after) then; now it owes \(before).",
            "\(company) va datora \(after); acum datorează \(before).")
    }
    func isTold(_ company: String) -> String {
        say(
            "\(company) is told, with your reason and note.",
            "\(company) este anunțată, cu motivul și nota ta.")
    }
    var nothingOwed: String { say("nothing", "nimic") }
    func reason(_ reason: InvoiceReopeningReason) -> String {
        switch reason {
        case .otherInvoice: say("It was for another invoice", "Era pentru altă factură")
        case .returnedByBank: say("The bank took it back", "Banca a retras-o")
        case .enteredByMistake: say("Entered by mistake", "Introdusă din greșeală")
        case .other: say("Another reason", "Alt motiv")
        }
    }
}
