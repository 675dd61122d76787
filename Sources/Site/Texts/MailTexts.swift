import Domain

/// What mails say: of each a subject and paragraphs.
package struct MailTexts: TextGroup {
    let voice: Voice

    var value: ValueTexts { ValueTexts(voice: voice) }
}

extension MailTexts {
    func hello(_ name: String) -> String {
        name.isEmpty ? say("Hello,", "Bună ziua,") : say("Hello \(name),", "Bună ziua, \(name),")
    }
    var whyAccount: String {
        say(
            "You get this because you have an account at Vouch.",
            "Primești acest mesaj pentru că ai un cont la Vouch.")
    }
    var whyCandidate: String {
        say(
            "You get this because of your application. The link above shows what is stored about "
                + "you, and lets you withdraw.",
            "Primești acest mesaj datorită candidaturii tale. Legătura de mai sus arată ce date "
                + "sunt păstrate despre tine și îți permite să te retragi.")
    }
    var noMore: String {
        say(
            "No more mails about single steps of applications",
            "Fără alte mesaje despre fiecare pas al candidaturilor")
    }
    func reason(_ text: String) -> String { say("Reason: \(text)", "Motiv: \(text)") }
    func note(_ text: String) -> String { say("Note: \(text)", "Notă: \(text)") }

    // MARK: Links

    var openCommission: String { say("See the commission", "Vezi comisionul") }
    var openDesk: String { say("Open your desk", "Deschide panoul tău") }
    var openCandidate: String { say("See the candidate", "Vezi candidatul") }
    var openReceipt: String { say("See your application", "Vezi candidatura ta") }
    var openHire: String { say("See the hire", "Vezi angajarea") }
    var openPayouts: String { say("See your payouts", "Vezi plățile tale") }
    var openDispute: String { say("See the dispute", "Vezi disputa") }
    var openInvoice: String { say("Open the invoice", "Deschide factura") }
}

// MARK: - Applications

extension MailTexts {
    func applicationReceived(_ job: String, _ company: String) -> Words {
        Words(
            say("Your application as \(job) has arrived", "Candidatura ta pentru \(job) a ajuns"),
            say(
                "\(company) has your application as \(job) and will tell you how it goes on.",
                "\(company) a primit candidatura ta pentru \(job) și îți va spune cum continuă."))
    }
    func candidateArrived(_ candidate: String, _ job: String) -> Words {
        Words(
            say("\(candidate) applies as \(job)", "\(candidate) candidează pentru \(job)"),
            say(
                "A new candidate waits for your decision.",
                "Un candidat nou așteaptă decizia voastră."))
    }
    func introductionCounts(_ candidate: String, _ job: String, _ company: String) -> Words {
        Words(
            say(
                "\(candidate) has applied through you", "\(candidate) a candidat prin tine"),
            say(
                "\(candidate) applied as \(job) at \(company). The introduction is yours: if they "
                    + "are hired, so is the commission.",
                "\(candidate) a candidat pentru \(job) la \(company). Introducerea îți aparține: "
                    + "dacă va fi angajat, și comisionul."))
    }
    func moved(_ job: String, _ company: String, stage: String) -> Words {
        Words(
            say("\(job) at \(company): \(stage)", "\(job) la \(company): \(stage)"),
            say(
                "Your application as \(job) at \(company) is now at: \(stage).",
                "Candidatura ta pentru \(job) la \(company) este acum la: \(stage)."))
    }
    func introductionMoved(
        _ candidate: String, _ job: String, _ company: String, stage: String
    ) -> Words {
        Words(
            "\(candidate): \(stage)",
            say(
                "\(candidate), whom you introduced as \(job) at \(company), is now at: \(stage).",
                "\(candidate), pe care l-ai introdus pentru \(job) la \(company), este acum la: "
                    + "\(stage)."))
    }
    func movedByUs(_ candidate: String, _ job: String, stage: String) -> Words {
        Words(
            "\(candidate): \(stage)",
            say(
                "We moved \(candidate), your candidate for \(job), to: \(stage).",
                "L-am mutat pe \(candidate), candidatul tău pentru \(job), la: \(stage)."))
    }
    func withdrawn(_ candidate: String, _ job: String) -> Words {
        Words(
            say("\(candidate) has withdrawn", "\(candidate) s-a retras"),
            say(
                "\(candidate) no longer applies as \(job).",
                "\(candidate) nu mai candidează pentru \(job)."))
    }
}

// MARK: - Hires

extension MailTexts {
    func won(_ amount: String, _ candidate: String, _ job: String, _ company: String) -> Words {
        Words(
            say("You won \(amount)", "Ai câștigat \(amount)"),
            say(
                "\(company) has hired \(candidate), whom you introduced, as \(job). "
                    + "You won \(amount).",
                "\(company) l-a angajat pe \(candidate), pe care l-ai introdus, pentru \(job). "
                    + "Ai câștigat \(amount)."))
    }
    func due(_ date: String) -> String {
        say(
            "When the guarantee is over it can be paid; the first part is due on \(date).",
            "Când trece garanția, suma poate fi plătită; prima parte este scadentă la \(date).")
    }
    func hireReported(_ company: String, _ candidate: String, _ job: String, start: String) -> Words
    {
        Words(
            say("\(company) reports a hire", "\(company) raportează o angajare"),
            say(
                "\(company) has hired \(candidate) as \(job), from \(start). It waits for you to "
                    + "record it.",
                "\(company) l-a angajat pe \(candidate) pentru \(job), de la \(start). Așteaptă să "
                    + "o înregistrezi."))
    }
    func hireRecorded(_ candidate: String, _ job: String, _ company: String) -> Words {
        Words(
            say("Hire recorded: \(candidate)", "Angajare înregistrată: \(candidate)"),
            say(
                "\(candidate) works as \(job) at \(company): the hire is recorded.",
                "\(candidate) lucrează ca \(job) la \(company): angajarea este înregistrată."))
    }
    func owes(_ amount: String) -> String {
        say("The commission promised is \(amount).", "Comisionul promis este \(amount).")
    }
    func hireConfirmed(_ candidate: String, _ company: String) -> Words {
        Words(
            say("Hire confirmed: \(candidate)", "Angajare confirmată: \(candidate)"),
            say(
                "The hire of \(candidate) by \(company) is confirmed.",
                "Angajarea lui \(candidate) de către \(company) este confirmată."))
    }
    func hireCancelled(_ candidate: String, _ company: String) -> Words {
        Words(
            say("Hire cancelled: \(candidate)", "Angajare anulată: \(candidate)"),
            say(
                "The hire of \(candidate) by \(company) is cancelled.",
                "Angajarea lui \(candidate) de către \(company) este anulată."))
    }
    func leftEarly(_ candidate: String, _ company: String, on date: String) -> Words {
        Words(
            say("\(candidate) left early", "\(candidate) a plecat înainte de termen"),
            say(
                "\(candidate) left \(company) on \(date), inside the guarantee.",
                "\(candidate) a plecat de la \(company) la \(date), în perioada de garanție."))
    }
    func takenBack(_ amount: String) -> String {
        say("\(amount) of the commission are taken back.", "\(amount) din comision se retrag.")
    }
    func reportRefused(_ candidate: String) -> Words {
        Words(
            say(
                "Your report about \(candidate) was refused",
                "Raportul despre \(candidate) a fost refuzat"),
            say(
                "We could not record the hire of \(candidate) that you reported.",
                "Nu am putut înregistra angajarea raportată a lui \(candidate)."))
    }
    func reportWithdrawn(_ company: String, _ candidate: String) -> Words {
        Words(
            say("\(company) takes a report back", "\(company) retrage un raport"),
            say(
                "\(company) says that \(candidate) was not hired after all.",
                "\(company) spune că \(candidate) nu a fost angajat până la urmă."))
    }
}

/// The subject and the paragraphs of a mail.
struct Words: Hashable, Sendable {
    let subject: String
    var paragraphs: [String]

    init(_ subject: String, _ paragraphs: String...) {
        self.subject = subject
        self.paragraphs = paragraphs
    }
}
