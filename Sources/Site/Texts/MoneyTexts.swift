import Domain

/// Ends of hires, decisions about commissions, payout runs, and where affiliates are paid.
package struct MoneyTexts: TextGroup {
    let voice: Voice
}

// MARK: - Ends of a hire

extension MoneyTexts {
    var endTitle: String { say("Decide about a hire", "Decide despre o angajare") }
    var endLink: String { say("Confirm, cancel or end it", "Confirmă, anulează sau încheie") }
    var refuseLink: String { say("Refuse this report", "Respinge raportarea") }
    var whatHappened: String { say("What happened", "Ce s-a întâmplat") }
    var showConsequences: String { say("Show what it does", "Arată ce produce") }
    var consequences: String { say("What this does", "Ce produce decizia") }
    var doIt: String { say("Do exactly this", "Fă exact aceasta") }
    var leftOnHint: String {
        say("Only for somebody who left.", "Numai pentru cine a plecat.")
    }
    var noteHint: String {
        say("The affiliate and the company read it.", "O citesc afiliatul și compania.")
    }

    func deed(_ target: HireState) -> String {
        switch target {
        case .confirmed: say("The person came to work", "Persoana a venit la lucru")
        case .leftEarly:
            say("The person left within the guarantee", "Persoana a plecat în garanție")
        case .cancelled, .reported, .recorded:
            say("There was no hire", "Angajarea nu a avut loc")
        }
    }

    func hireBecomes(_ state: String) -> String {
        say("The hire becomes “\(state)”.", "Angajarea devine „\(state)”.")
    }
    func reversed(_ amount: String, due: String) -> String {
        say("\(amount), due \(due), is reversed.", "\(amount), scadent \(due), se anulează.")
    }
    func takenBack(_ amount: String) -> String {
        say(
            "\(amount) was paid already and is taken off the next payout.",
            "\(amount) s-a plătit deja și se scade din următoarea plată.")
    }
    func stays(_ amount: String, _ state: String) -> String {
        say("\(amount) stays “\(state)”.", "\(amount) rămâne „\(state)”.")
    }
    /// Who gets a mail.
    func tells(_ name: String) -> String { say("Mails \(name).", "Scrie către \(name).") }
    var tellsAdmin: String { say("Mails the admins.", "Le scrie administratorilor.") }
}

// MARK: - Commissions

extension MoneyTexts {
    var commissions: String { say("Commissions", "Comisioane") }
    var commissionsLead: String {
        say(
            "Choose some, and decide about all of them at once.",
            "Alege câteva și decide despre toate odată.")
    }
    var noCommissions: String { say("None here", "Niciunul aici") }
    var noCommissionsHint: String {
        say("No commission is in this state.", "Niciun comision nu este în această stare.")
    }
    /// What a commission is that is no instalment of the terms.
    /// What kind of row it is; nil for a plain instalment.
    func kind(of commission: Explanation) -> String? {
        switch commission.kind {
        case .instalment: nil
        case .manual where commission.isWonInDispute:
            say("This was won in a dispute.", "Acest comision a fost câștigat într-o dispută.")
        case .remainder:
            say(
                "This is a part of a commission that was divided.",
                "Aceasta este o parte dintr-un comision care a fost împărțit.")
        case .manual:
            say("We added this by hand.", "Am adăugat acest comision manual.")
        case .clawback:
            say(
                "This was paid already, and is taken off the next payout.",
                "Suma a fost deja plătită și se scade din următoarea plată.")
        }
    }

    var choose: String { say("Choose", "Alege") }
    var decide: String { say("Decide", "Decide") }
    var decision: String { say("Decision", "Decizia") }

    func chooseNamed(_ name: String) -> String { say("Choose \(name)", "Alege \(name)") }
    func decision(_ name: CommissionDecision) -> String {
        switch name {
        case .approve: say("Approve", "Aprobă")
        case .hold: say("Put on hold", "Suspendă")
        case .release: say("Release", "Eliberează")
        case .reverse: say("Reverse", "Anulează")
        }
    }
}

// MARK: - Payouts

extension MoneyTexts {
    var payouts: String { say("Payouts", "Plăți") }
    var payoutsLead: String {
        say(
            "A run pays what is approved. Look at it first; then make the batch.",
            "O rundă plătește ce este aprobat. Privește-o întâi, apoi creează lotul.")
    }
    var nextRun: String { say("The next run", "Runda următoare") }
    var currency: String { say("Currency", "Moneda") }
    var show: String { say("Show", "Arată") }
    var makeBatch: String { say("Make this batch", "Creează acest lot") }
    var passedOver: String { say("Passed over", "Omise") }
    var nothingToPay: String { say("Nothing to pay", "Nimic de plătit") }
    var nothingToPayHint: String {
        say(
            "Nothing that may be paid was approved until this day.",
            "Nimic din ce se poate plăti nu a fost aprobat până în această zi.")
    }
    var batches: String { say("Batches", "Loturi") }
    var lines: String { say("Lines", "Linii") }
    var holder: String { say("Account holder", "Titular") }
    var account: String { say("Account", "Cont") }
    var total: String { say("Total", "Total") }
    var file: String { say("Hand out the file", "Descarcă fișierul") }
    var fileHint: String {
        say(
            "From then on the bank may have it. The file is the same each time.",
            "De atunci banca îl poate avea. Fișierul este același de fiecare dată.")
    }
    var noPayer: String {
        say(
            "Set payerName and payerIBAN first: the file names the account that pays.",
            "Setează întâi payerName și payerIBAN: fișierul numește contul plătitor.")
    }
    var bankSays: String { say("What the bank did", "Ce a făcut banca") }
    var paid: String { say("Paid", "Plătit") }
    var failed: String { say("Not paid", "Neplătit") }

    func batch(_ number: String) -> String { say("Batch \(number)", "Lotul \(number)") }
    func minimum(_ amount: String) -> String {
        say("Below \(amount) is not paid.", "Sub \(amount) nu se plătește.")
    }
    func state(_ state: PayoutState) -> String {
        switch state {
        case .pending: say("In a batch", "Într-un lot")
        case .processing: say("With the bank", "La bancă")
        case .paid: say("Paid", "Plătit")
        case .failed: say("Not paid", "Neplătit")
        }
    }
    func skipped(_ reason: PayoutRun.Skipped.Reason) -> String {
        switch reason {
        case .excluded: say("Excluded", "Exclus")
        case .flagged: say("Waits for a check", "Așteaptă o verificare")
        case .noDetails: say("No account given", "Fără cont indicat")
        case .abroad: say("Lei are paid to Romania only", "Lei doar în România")
        case .belowMinimum: say("Below the minimum", "Sub minim")
        }
    }
    func failure(_ failure: PayoutFailure) -> String {
        switch failure {
        case .accountUnknown: say("There is no such account", "Contul nu există")
        case .accountClosed: say("The account is closed", "Contul este închis")
        case .nameDiffers: say("The name differs", "Numele diferă")
        case .refusedByBank: say("Refused by the bank", "Refuzat de bancă")
        case .withdrawn: say("Taken out by us", "Retras de noi")
        case .other: say("Other reason", "Alt motiv")
        }
    }
}

// MARK: - The affiliate's side

extension MoneyTexts {
    var myMoney: String { say("My money", "Banii mei") }
    var myMoneyLead: String {
        say(
            "What you are owed, where it is paid, and statements for your accountant.",
            "Ce ai de primit, unde se plătește, și extrase pentru contabil.")
    }
    var balance: String { say("Balance", "Sold") }
    var whereToPay: String { say("Where we pay you", "Unde te plătim") }
    var passwordHint: String {
        say(
            "Your password, because money goes there. We mail you about the change.",
            "Parola ta, pentru că acolo ajung banii. Îți scriem despre schimbare.")
    }
    var saveAccount: String { say("Save the account", "Salvează contul") }
    var statements: String { say("Statements", "Extrase") }
    var statementsHint: String {
        say(
            "Each month that is over, as a table. It never changes again.",
            "Fiecare lună încheiată, ca tabel. Nu se mai schimbă niciodată.")
    }
    var noPayouts: String { say("No payout yet", "Încă nicio plată") }
    var noPayoutsHint: String {
        say(
            "What is approved is paid with the next run.",
            "Ce este aprobat se plătește cu runda următoare.")
    }
}
