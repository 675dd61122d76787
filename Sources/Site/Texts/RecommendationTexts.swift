import Domain

/// Recommending somebody by name, and the person's answer.
package struct RecommendationTexts: TextGroup {
    let voice: Voice
}

// MARK: - The affiliate

extension RecommendationTexts {
    var recommendTitle: String {
        say("Recommend somebody by name", "Recomandă pe cineva după nume")
    }
    var recommendLead: String {
        say(
            "We ask the person by e-mail. The company sees nothing until they agree.",
            "Întrebăm persoana prin e-mail. Compania nu vede nimic până nu este de acord.")
    }
    var emailHint: String { say("We write there, once.", "Scriem acolo, o singură dată.") }
    var languageHint: String { say("For the mail to the person.", "Pentru e-mailul trimis.") }
    var words: String { say("What you say of them", "Ce spui despre persoană") }
    var wordsHint: String {
        say(
            "The person reads it first, and the company after they agree.",
            "O citește întâi persoana, iar compania după acordul ei.")
    }
    var knows: String {
        say(
            "This person knows that I recommend them.", "Această persoană știe că o recomand.")
    }
    var knowsExplained: String {
        say(
            "We tell them that it was you, and erase everything if they refuse or do not answer in 30 days.",
            "Îi spunem că ești tu și ștergem totul dacă refuză sau nu răspunde în 30 de zile.")
    }
    var recommendButton: String { say("Ask the person", "Întreabă persoana") }
    var waitingTitle: String {
        say("Recommendations without a yes", "Recomandări fără un da")
    }
    var waitingLead: String {
        say(
            "Nobody but you and the person knows of these.",
            "De acestea știți doar tu și persoana respectivă.")
    }
    var recommendedOn: String { say("Recommended", "Recomandată") }
}

// MARK: - The person

extension RecommendationTexts {
    var keptTitle: String { say("What we keep of you", "Ce păstrăm despre tine") }
    var name: String { say("Name", "Numele") }
    var namedBy: String { say("Named by", "Recomandat de") }
    var job: String { say("Job", "Job") }
    var since: String { say("Since", "Din") }
    var erasedAt: String { say("Erased without an answer", "Se șterge fără răspuns") }
    var agreeTitle: String { say("Yes, I am interested", "Da, sunt interesat(ă)") }
    var agreeButton: String { say("Confirm and apply", "Confirmă și aplică") }
    var refuseTitle: String { say("No, thank you", "Nu, mulțumesc") }
    var refuseLead: String {
        say(
            "We erase all of this at once. The company never hears of it.",
            "Ștergem totul imediat. Compania nu află niciodată.")
    }
    var refuseButton: String { say("Refuse and erase", "Refuză și șterge") }
    var jobClosed: String {
        say(
            "This job takes nobody any more. You can have what we keep erased below.",
            "Acest job nu mai primește pe nimeni. Mai jos poți cere ștergerea datelor.")
    }
    var knownTitle: String {
        say("You are a candidate already", "Ești deja candidat")
    }
    var knownLead: String {
        say(
            "Nothing changes about that. What was kept for this recommendation is erased.",
            "Acolo nu se schimbă nimic. Datele acestei recomandări au fost șterse.")
    }

    func title(_ job: String) -> String {
        say("You were recommended: \(job)", "Ai fost recomandat(ă): \(job)")
    }
    func lead(_ affiliate: String, _ company: String) -> String {
        say(
            "\(affiliate) named you for a job at \(company). \(company) knows nothing of it yet.",
            "\(affiliate) te-a propus pentru un job la \(company). \(company) nu știe încă nimic.")
    }
    func keptLead(_ affiliate: String) -> String {
        say(
            "We have it from \(affiliate), and use it only to ask you (GDPR Art. 6(1)(f) and 14).",
            "Le avem de la \(affiliate) și le folosim doar ca să te întrebăm (RGPD art. 6 alin. 1 lit. f și art. 14)."
        )
    }
    func says(_ affiliate: String) -> String {
        say("What \(affiliate) says of you", "Ce spune \(affiliate) despre tine")
    }
    func saysOfCandidate(_ affiliate: String) -> String {
        say("What \(affiliate) says", "Ce spune \(affiliate)")
    }
    func agreeLead(_ company: String) -> String {
        say(
            "\(company) then sees what stands above and what you add here.",
            "\(company) vede atunci ce scrie mai sus și ce adaugi aici.")
    }
    func agreement(_ company: String) -> String {
        say(
            "I agree that \(company) and Vouch use this to decide about this job.",
            "Sunt de acord ca \(company) și Vouch să folosească aceste date pentru a decide despre acest job."
        )
    }
}
