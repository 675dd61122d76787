import Domain

/// The status page.
package struct StatusTexts: TextGroup {
    let voice: Voice
}

extension StatusTexts {
    var title: String { say("Status", "Stare") }
    var site: String { say("Site", "Site") }
    var database: String { say("Database", "Baza de date") }
    var mail: String { say("Mail", "E-mail") }
    var kept: String { say("Kept applications", "Aplicații păstrate") }
    var lookedAt: String { say("As of", "La data") }

    /// The one sentence.
    func sentence(_ summary: StatusFacts.Summary) -> String {
        switch summary {
        case .good: say("Everything works", "Totul funcționează")
        case .mailLate: say("Mails are late", "E-mailurile întârzie")
        case .stopping:
            say("This server is being replaced", "Acest server este în curs de înlocuire")
        case .busy: say("Busy, and everything works", "Trafic mare, dar totul funcționează")
        case .overloaded:
            say("More visitors than we can serve", "Mai mulți vizitatori decât putem servi")
        case .noDatabase: say("The database does not answer", "Baza de date nu răspunde")
        case .stuck: say("This server has a problem", "Acest server are o problemă")
        }
    }

    /// What that means for whoever reads it.
    func lead(_ summary: StatusFacts.Summary) -> String {
        switch summary {
        case .good:
            say(
                "Pages, applications, money and mails work as they should.",
                "Paginile, candidaturile, banii și e-mailurile funcționează cum trebuie.")
        case .mailLate:
            say(
                "Everything else works, and no mail is lost.",
                "Restul funcționează și niciun e-mail nu se pierde.")
        case .stopping:
            say(
                "What you have begun is finished here; the next page comes from another one.",
                "Ce ai început se termină aici; pagina următoare vine de la alt server.")
        case .busy:
            say(
                "Some extras are left out so that the important things stay quick.",
                "Unele extra-uri lipsesc pentru ca lucrurile importante să rămână rapide.")
        case .overloaded:
            say(
                "Some visitors are asked to come again in a moment. Who is signed in works on.",
                "Unii vizitatori sunt rugați să revină imediat. Cine este conectat lucrează mai departe."
            )
        case .noDatabase:
            say(
                "Public pages are shown from memory. Signing in has to wait.",
                "Paginile publice sunt afișate din memorie. Conectarea trebuie să aștepte.")
        case .stuck:
            say(
                "We have been told. Please try again in a moment.",
                "Am fost anunțați. Te rugăm să încerci din nou imediat.")
        }
    }

    func site(_ facts: StatusFacts) -> String {
        if facts.isStuck { return say("does not answer everybody", "nu răspunde tuturor") }
        if facts.isStopping { return say("stopping", "se oprește") }
        return switch facts.load {
        case .calm: say("works", "funcționează")
        case .busy: say("works, busy", "funcționează, trafic mare")
        case .overloaded: say("works for most", "funcționează pentru cei mai mulți")
        }
    }

    func database(_ isReachable: Bool) -> String {
        isReachable ? say("works", "funcționează") : say("does not answer", "nu răspunde")
    }

    /// What waits here, and whether more would be kept.
    func kept(_ facts: StatusFacts, _ spool: SpoolTexts) -> String {
        guard facts.isKeeping else {
            return say(
                "nothing more can be kept at the moment",
                "momentan nu mai poate fi păstrat nimic")
        }
        return spool.waiting(facts.keptCount)
    }

    func mail(_ delayMinutes: Int?) -> String {
        guard let delayMinutes else { return say("works", "funcționează") }
        return say(
            "late by \(delayMinutes) min", "întârziere de \(delayMinutes) min")
    }
}
