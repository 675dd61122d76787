import Domain
import Store

// The queue of what waits, the search, the log and the books.

extension AdminTexts {
    var nothingWaits: String { say("Nothing waits", "Nimic nu așteaptă") }
    var nothingWaitsHint: String {
        say(
            "What needs a decision of yours appears here.",
            "Aici apare ce are nevoie de decizia ta.")
    }
    var showAll: String { say("Show all of them", "Arată-le pe toate") }
    var what: String { say("What", "Ce") }
    var confirm: String { say("Confirm", "Confirmă") }
    var pay: String { say("Look at the run", "Vezi runda") }
    var releaseOrReverse: String { say("Release or reverse", "Eliberează sau retrage") }
    var sendAgain: String { say("Send again", "Trimite din nou") }

    func orMore(_ number: String) -> String {
        say("\(number) or more", "\(number) sau mai multe")
    }
    /// A button's deed with whom it concerns, as it is read aloud.
    func named(_ deed: String, _ name: String) -> String {
        say("\(deed): \(name)", "\(deed): \(name)")
    }

    func queue(_ kind: AdminQueue.Kind) -> String {
        switch kind {
        case .companies: unverifiedCompanies
        case .hires: queueTitle
        case .guarantees: say("Guarantees ending", "Garanții care se încheie")
        case .commissions: say("Commissions to approve", "Comisioane de aprobat")
        case .held: say("Held without a dispute", "Suspendate fără dispută")
        case .disputes: say("Disputes to decide", "Dispute de hotărât")
        case .flags: say("Marks of self-dealing", "Semne de conflict de interese")
        case .payouts: say("Payouts due", "Plăți de făcut")
        case .invoices: say("Invoices past their day", "Facturi trecute de scadență")
        case .mails: say("Mails that failed", "Mesaje netrimise")
        }
    }

    func since(_ kind: AdminQueue.Kind) -> String {
        switch kind {
        case .guarantees: say("Ends on", "Se încheie la")
        case .commissions, .invoices: due
        default: say("Since", "Din")
        }
    }
}

// MARK: - Search

extension AdminTexts {
    var searchTitle: String { say("Find anything", "Găsește orice") }
    var searchLead: String {
        say(
            "People, companies, jobs, hires, payouts and invoices.",
            "Persoane, companii, joburi, angajări, plăți și facturi.")
    }
    var searchLabel: String {
        say(
            "Name, e-mail, end of an IBAN, number or reference",
            "Nume, e-mail, sfârșit de IBAN, număr sau referință")
    }
    var search: String { say("Search", "Caută") }
    var nothingFound: String { say("Nothing found", "Nimic găsit") }
    var nothingFoundHint: String {
        say(
            "Names are found by the beginnings of their words, accounts by their last four letters.",
            "Numele se găsesc după începutul cuvintelor, conturile după ultimele patru caractere.")
    }
    var moreFound: String {
        say(
            "There are more than these; add a word.",
            "Sunt mai multe decât acestea; adaugă un cuvânt.")
    }
    var about: String { say("About", "Despre") }
    /// When a job was first saved.
    var written: String { say("Written", "Scris") }
    var number: String { say("Number", "Număr") }

    func found(_ kind: AdminSearch.Kind) -> String {
        switch kind {
        case .accounts: say("People with an account", "Persoane cu cont")
        case .candidates: say("Candidates", "Candidați")
        case .companies: say("Companies", "Companii")
        case .jobs: say("Jobs", "Joburi")
        case .hires: say("Hires", "Angajări")
        case .payouts: say("Payouts", "Plăți")
        case .invoices: say("Invoices", "Facturi")
        }
    }
}

// MARK: - The log

extension AdminTexts {
    var auditTitle: String { say("Audit log", "Jurnal de audit") }
    var auditLead: String {
        say(
            "Everything that changed money, roles or payout details. Rows are only ever added.",
            "Tot ce a schimbat bani, roluri sau date de plată. Rândurile doar se adaugă.")
    }
    var auditFilter: String { say("Narrow the log", "Restrânge jurnalul") }
    var auditSubject: String { say("Done to", "Asupra") }
    var auditAction: String { say("Action", "Acțiune") }
    var auditAccount: String { say("Account number", "Numărul contului") }
    var auditDetail: String { say("Before and after", "Înainte și după") }
    var when: String { say("When", "Când") }
    var who: String { say("Who", "Cine") }
    var fromWhere: String { say("From where", "De unde") }
    var noAudit: String { say("No such row", "Niciun astfel de rând") }
    var noAuditHint: String {
        say(
            "Actions are called as in hire.recorded, what they are done to as in hire.",
            "Acțiunile se numesc ca hire.recorded, iar obiectul lor ca hire.")
    }
    /// What a value of a row is called; the rest have the names that programs read.
    func detailName(_ name: String) -> String {
        switch name {
        case "amount", "total": amount
        case "commission": commission
        case "note": say("Note", "Notă")
        case "reason": say("Reason", "Motiv")
        case "outcome_reason": say("Reason of the decision", "Motivul deciziei")
        default: name
        }
    }
    var logOfThis: String {
        say("What the audit log says of this", "Ce spune jurnalul de audit despre aceasta")
    }

    func logOf(_ number: String) -> String { say("Log of \(number)", "Jurnal: \(number)") }
    func actor(_ kind: String) -> String {
        switch kind {
        case "company": company
        case "affiliate": affiliate
        case "admin": say("Administrator", "Administrator")
        case "candidate": candidate
        default: say("By itself", "De la sine")
        }
    }
}

// MARK: - The books

extension AdminTexts {
    var booksTitle: String { say("Books", "Registre") }
    var booksLead: String {
        say(
            "Checked just now, over everything that was ever booked.",
            "Verificate chiar acum, peste tot ce s-a înregistrat vreodată.")
    }
    var balanced: String { say("The books balance.", "Registrele se închid.") }
    var notBalanced: String { say("The books do not balance.", "Registrele nu se închid.") }
    var whatIsOff: String { say("What is off", "Ce nu se potrivește") }
    var rowsSay: String { say("The rows say", "Rândurile spun") }
    var ledgerSays: String { say("The ledger says", "Registrul spune") }
    var sums: String { say("Sums of the accounts", "Solduri pe conturi") }
    var ledgerAccount: String { say("Account", "Cont") }
    var debit: String { say("Debit", "Debit") }
    var credit: String { say("Credit", "Credit") }
    var nothingBooked: String { say("Nothing is booked", "Nimic înregistrat") }
    var nothingBookedHint: String {
        say(
            "The first recorded hire makes the first entries.",
            "Prima angajare înregistrată produce primele înregistrări.")
    }

    func counted(_ transfers: String, _ entries: String) -> String {
        say(
            "Transfers: \(transfers); entries: \(entries).",
            "Transferuri: \(transfers); înregistrări: \(entries).")
    }
    func ledgerAccount(_ kind: LedgerAccount.Kind) -> String {
        switch kind {
        case .companyReceivable: say("Owed by companies", "De încasat de la companii")
        case .affiliatePayable: say("Owed to affiliates", "De plătit afiliaților")
        case .commissionClearing: say("Clearing", "Decontare")
        case .payoutInTransit: say("Payouts with the bank", "Plăți aflate la bancă")
        case .bank: say("Bank", "Bancă")
        case .platformCost: say("Our own cost", "Costul nostru")
        case .vatPayable: say("VAT received", "TVA încasată")
        }
    }
    func problem(_ subject: BooksPage.Problem.Subject) -> String {
        switch subject {
        case .transfer(let id):
            say(
                "Transfer \(id.description) does not sum to zero",
                "Transferul \(id.description) nu are suma zero")
        case .clearing: say("Something is left in clearing", "A rămas ceva în decontare")
        case .affiliate(let id):
            say(
                "Open commissions of affiliate \(id.description)",
                "Comisioanele deschise ale afiliatului \(id.description)")
        case .row(.commission(let id)):
            say("Commission \(id.description)", "Comisionul \(id.description)")
        case .row(.payout(let id)): say("Payout \(id.description)", "Plata \(id.description)")
        case .row(.inTransit): ledgerAccount(.payoutInTransit)
        case .row(.company(let id)):
            say("Company \(id.description)", "Compania \(id.description)")
        case .row(.bank): ledgerAccount(.bank)
        case .row(.vat): ledgerAccount(.vatPayable)
        }
    }
}

// MARK: - A commission by hand

extension AdminTexts {
    var grantTitle: String { say("Add a commission by hand", "Adaugă un comision manual") }
    var grantLink: String { say("Add a commission", "Adaugă un comision") }
    var grant: String { say("Add it", "Adaugă") }

    func bearer(_ bearer: CommissionBearer) -> String {
        switch bearer {
        case .company: say("The company", "Compania")
        case .platform: say("We ourselves", "Noi înșine")
        }
    }
}
