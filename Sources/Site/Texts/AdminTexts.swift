import Domain

/// The desk of an administrator.
package struct AdminTexts: TextGroup {
    let voice: Voice
}

extension AdminTexts {
    var overviewTitle: String { say("Administration", "Administrare") }
    var overviewLead: String { say("What waits for a decision.", "Ce așteaptă o decizie.") }
    var unverifiedCompanies: String { say("Companies to verify", "Companii de verificat") }
    var openCommissions: String { say("Open commissions", "Comisioane deschise") }
    var queueTitle: String { say("Hires to record", "Angajări de înregistrat") }
    var queueLead: String {
        say(
            "Companies reported these. Recording one makes the win.",
            "Companiile le-au raportat. Înregistrarea produce câștigul.")
    }
    var queueEmpty: String { say("Nothing to record", "Nimic de înregistrat") }
    var queueEmptyHint: String {
        say(
            "When a company reports a hire, it appears here.",
            "Când o companie raportează o angajare, apare aici.")
    }
    var recordedTitle: String { say("Recorded lately", "Înregistrate recent") }
    var company: String { say("Company", "Compania") }
    var candidate: String { say("Candidate", "Candidat") }
    var affiliate: String { say("Affiliate", "Afiliat") }
    var job: String { say("Job", "Job") }
    var reportedOn: String { say("Reported", "Raportată") }
    var startsOn: String { say("First day", "Prima zi") }
    var commission: String { say("Commission", "Comision") }
    var nobody: String { say("Nobody (came directly)", "Nimeni (a venit direct)") }
    var review: String { say("Review", "Verifică") }
    var attention: String { say("Look at this first", "De verificat mai întâi") }

    func reviewHire(_ person: String) -> String {
        say("Review the hire of \(person)", "Verifică angajarea: \(person)")
    }
}

// MARK: - Recording

extension AdminTexts {
    var recordTitle: String { say("Record a hire", "Înregistrează o angajare") }
    var whatWasReported: String { say("What the company reported", "Ce a raportat compania") }
    var consequences: String { say("What recording does", "Ce produce înregistrarea") }
    var consequencesLead: String {
        say(
            "All of this happens together, or nothing does.",
            "Toate acestea se întâmplă împreună sau deloc.")
    }
    var termsBound: String {
        say("Terms bound to the introduction", "Condițiile legate de recomandare")
    }
    var instalment: String { say("Instalment", "Tranșa") }
    var amount: String { say("Amount", "Suma") }
    var due: String { say("Due", "Scadență") }
    var handRecordTitle: String {
        say("Record a hire by hand", "Înregistrează o angajare manual")
    }
    var handRecordLead: String {
        say(
            "The company has not reported this hire. Make sure that it happened.",
            "Compania nu a raportat această angajare. Asigură-te că a avut loc.")
    }
    var record: String { say("Record the hire", "Înregistrează angajarea") }
    var recordedAlready: String {
        say("This hire is recorded.", "Această angajare este înregistrată.")
    }

    func affiliateWins(_ affiliate: String, _ amount: String) -> String {
        say(
            "\(affiliate) wins \(amount) and is told at once.",
            "\(affiliate) câștigă \(amount) și este anunțat(ă) imediat.")
    }
    func companyOwes(_ company: String, _ amount: String) -> String {
        say("\(company) owes \(amount).", "\(company) datorează \(amount).")
    }
    var nobodyWins: String {
        say(
            "Nobody introduced this person: no commission is made.",
            "Nimeni nu a recomandat această persoană: nu apare niciun comision.")
    }
    func candidateBecomesHired(_ person: String) -> String {
        say(
            "\(person) becomes “hired” in the stage history.",
            "\(person) devine „angajat” în istoricul etapelor.")
    }
    var auditWritten: String {
        say(
            "The audit log says that you did it.", "Jurnalul de audit consemnează că tu ai făcut-o."
        )
    }
}

// MARK: - Companies

extension AdminTexts {
    var companiesTitle: String { say("Companies", "Companii") }
    var companiesLead: String {
        say(
            "Verified companies carry a mark on their pages.",
            "Companiile verificate poartă un semn pe paginile lor.")
    }
    var noCompanies: String { say("No company waits", "Nicio companie nu așteaptă") }
    var noCompaniesHint: String {
        say(
            "New companies appear here when they sign up.",
            "Companiile noi apar aici când se înscriu.")
    }
    var website: String { say("Website", "Site web") }
    var registered: String { say("Registered", "Înscrisă") }
    var openJobs: String { say("Open jobs", "Joburi deschise") }
    var verify: String { say("Verify", "Verifică") }
    func verifyNamed(_ company: String) -> String {
        say("Verify \(company)", "Verifică \(company)")
    }
    var verified: String { say("Verified", "Verificată") }
    var waiting: String { say("Waiting", "În așteptare") }
}
