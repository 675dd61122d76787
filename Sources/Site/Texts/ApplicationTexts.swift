import Domain

/// Applying for a job, and the candidate's own page.
package struct ApplicationTexts: TextGroup {
    let voice: Voice
}

// MARK: - The form

extension ApplicationTexts {
    var send: String { say("Send application", "Trimite aplicația") }
    var backToJob: String { say("Back to the job", "Înapoi la job") }
    var yourDetails: String { say("About you", "Despre tine") }
    var yourPapers: String { say("What the company reads", "Ce citește compania") }
    var emailHint: String {
        say("The company answers you here.", "Aici îți răspunde compania.")
    }
    var phoneHint: String {
        say("If you would rather be called.", "Dacă preferi să fii sunat.")
    }
    var cvHint: String { say("A PDF file of at most 5 MB.", "Un fișier PDF de cel mult 5 MB.") }
    var messageHint: String {
        say(
            "A few sentences: why this job, and when you could start.",
            "Câteva propoziții: de ce acest job și când ai putea începe.")
    }
    var cvAgain: String {
        say(
            "Please choose the file again: browsers do not keep it.",
            "Alege din nou fișierul: browserul nu îl păstrează.")
    }
    var cameRecommended: String {
        say(
            "You came by somebody's link. They are told which stage you reach, not what you write.",
            "Ai venit prin linkul cuiva. Va afla la ce etapă ajungi, nu și ce scrii.")
    }

    func title(_ job: String) -> String { say("Apply for \(job)", "Aplică pentru \(job)") }
    func at(_ company: String) -> String { say("at \(company)", "la \(company)") }
    func consent(_ company: String) -> String {
        say(
            "I agree that \(company) and Vouch use what I send here to decide about this job.",
            "Sunt de acord ca \(company) și Vouch să folosească ce trimit aici pentru a decide despre acest job."
        )
    }
    var consentExplained: String {
        say(
            "Only for this application (GDPR Art. 6(1)(a)). You can withdraw it at any time on your application's page.",
            "Numai pentru această aplicație (RGPD art. 6 alin. 1 lit. a). O poți retrage oricând din pagina aplicației tale."
        )
    }
}

// MARK: - Receipt and state

extension ApplicationTexts {
    var receiptTitle: String { say("Your application is sent", "Aplicația ta a fost trimisă") }
    var stateTitle: String { say("Your application", "Aplicația ta") }
    var keepAddress: String {
        say(
            "Keep the address of this page: it is the only key to your application.",
            "Păstrează adresa acestei pagini: este singura cheie a aplicației tale.")
    }
    var pageAddress: String { say("Address of this page", "Adresa acestei pagini") }
    var history: String { say("What happened so far", "Ce s-a întâmplat până acum") }
    var whatYouSent: String { say("What you sent", "Ce ai trimis") }
    var presentStage: String { say("Where it stands", "Unde a ajuns") }
    var withdrawTitle: String { say("Withdraw your application", "Retrage-ți aplicația") }
    var withdrawText: String {
        say(
            "The company can no longer go on with it. This cannot be undone.",
            "Compania nu o mai poate lua în considerare. Acest pas este definitiv.")
    }
    var withdraw: String { say("Withdraw application", "Retrage aplicația") }
    var sentOn: String { say("Sent", "Trimisă") }
    var reasonGiven: String { say("Reason given", "Motivul dat") }

    /// What a stage means for the candidate.
    func meaning(_ stage: Stage, _ company: String) -> String {
        switch stage {
        case .unconfirmed:
            say(
                "Somebody recommended you. \(company) sees nothing until you confirm.",
                "Cineva te-a recomandat. \(company) nu vede nimic până nu confirmi.")
        case .submitted:
            say(
                "\(company) has your application and will look at it.",
                "\(company) a primit aplicația ta și o va citi.")
        case .shortlisted:
            say(
                "\(company) wants to know more about you.",
                "\(company) vrea să afle mai multe despre tine.")
        case .interview:
            say("\(company) is talking with you.", "\(company) discută cu tine.")
        case .offer:
            say("\(company) made you an offer.", "\(company) ți-a făcut o ofertă.")
        case .hired:
            say(
                "You are hired. Congratulations, from all of us.",
                "Ai fost angajat. Felicitări din partea noastră!")
        case .rejected:
            say("\(company) decided for somebody else.", "\(company) a ales pe altcineva.")
        case .withdrawn:
            say("You withdrew this application.", "Ai retras această aplicație.")
        }
    }
}
