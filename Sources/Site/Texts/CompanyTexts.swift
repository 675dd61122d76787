import Domain

/// The desk of a company.
package struct CompanyTexts: TextGroup {
    let voice: Voice
}

// MARK: - Overview

extension CompanyTexts {
    var overviewLead: String {
        say("Your jobs, your candidates, and what you owe.", "Joburile, candidații și ce datorezi.")
    }
    var openJobs: String { say("Open jobs", "Joburi deschise") }
    var newCandidates: String { say("New candidates", "Candidați noi") }
    var inProgress: String { say("In progress", "În discuții") }
    var hires: String { say("Hires", "Angajări") }
    var owed: String { say("You owe, without VAT", "Datorezi, fără TVA") }
    var owedNothing: String { say("Nothing", "Nimic") }
    var waiting: String { say("Candidates waiting for you", "Candidați care te așteaptă") }
    var noneWaiting: String { say("No candidates wait for you", "Niciun candidat nu te așteaptă") }
    var noneWaitingHint: String {
        say(
            "Affiliates find your published jobs and recommend people. A clear salary and a fair commission help most.",
            "Afiliații găsesc joburile publicate și recomandă oameni. Cel mai mult ajută un salariu clar și un comision corect."
        )
    }
    var notVerified: String {
        say(
            "We are still checking your company. You can post jobs meanwhile.",
            "Încă îți verificăm compania. Între timp poți publica joburi.")
    }
}

// MARK: - Jobs

extension CompanyTexts {
    var jobsTitle: String { say("Our jobs", "Joburile noastre") }
    var newJobTitle: String { say("Post a job", "Publică un job") }
    var newJobLead: String {
        say(
            "It is saved as a draft. You publish it on the next page.",
            "Se salvează ca ciornă. Îl publici pe pagina următoare.")
    }
    var noJobs: String { say("You have no jobs yet", "Nu ai încă niciun job") }
    var noJobsHint: String {
        say(
            "Write the first one: title, description, salary, and the commission for a hire.",
            "Scrie primul anunț: titlu, descriere, salariu și comisionul pentru o angajare.")
    }
    var job: String { say("Job", "Job") }
    var commission: String { say("Commission", "Comision") }
    var candidates: String { say("Candidates", "Candidați") }
    var until: String { say("Open until", "Deschis până la") }
    var theJob: String { say("The job", "Jobul") }
    var payForIt: String { say("The pay", "Plata") }
    var payHint: String {
        say(
            "Every published ad names its salary before tax (Directive (EU) 2023/970).",
            "Orice anunț publicat precizează salariul brut (Directiva (UE) 2023/970).")
    }
    var promise: String { say("What you promise for a hire", "Ce promiți pentru o angajare") }
    var promiseHint: String {
        say(
            "A later change counts only for people introduced after it.",
            "O schimbare ulterioară contează doar pentru cei recomandați după ea.")
    }
    var descriptionHint: String {
        say(
            "Leave a blank line between paragraphs. Lines that begin with “- ” become a list.",
            "Lasă un rând liber între paragrafe. Rândurile care încep cu „- ” devin listă.")
    }
    var cityHint: String {
        say("Not needed for remote work.", "Nu este necesar pentru munca la distanță.")
    }
    var guaranteeHint: String {
        say(
            "How long the person must stay. 60 days are usual.",
            "Cât timp trebuie să rămână persoana. De obicei 60 de zile.")
    }
    var instalmentsHint: String {
        say(
            "Leave empty to pay at once when the guarantee ends, or write shares like 50/50.",
            "Lasă gol pentru plata o dată, la sfârșitul garanției, sau scrie tranșe ca 50/50.")
    }
    var saveDraft: String { say("Save as draft", "Salvează ca ciornă") }
    var saveChanges: String { say("Save changes", "Salvează modificările") }
    var publish: String { say("Publish", "Publică") }
    var publishAgain: String { say("Publish again", "Publică din nou") }
    var pause: String { say("Pause", "Pune în pauză") }
    var fill: String { say("Mark as filled", "Marchează ca ocupat") }
    var close: String { say("Close", "Închide") }
    var preview: String { say("See its page", "Vezi pagina jobului") }
    var terms: String { say("Terms", "Condiții") }
    var version: String { say("Version", "Versiunea") }
    var inForce: String { say("In force", "În vigoare") }
    var guarantee: String { say("Guarantee", "Garanție") }
    var instalments: String { say("Instalments", "Tranșe") }

    func editTitle(_ job: String) -> String { say("Edit “\(job)”", "Editează „\(job)”") }
    func since(_ date: String) -> String { say("since \(date)", "din \(date)") }
    func between(_ start: String, _ end: String) -> String {
        say("\(start) to \(end)", "\(start) – \(end)")
    }
    func newOf(_ new: Int) -> String {
        count(new, ("new", "new"), ("nou", "noi", "noi"))
    }

    /// What can be done with a job in a state.
    func jobHint(_ visibility: JobVisibility) -> String {
        switch visibility {
        case .draft:
            say(
                "Only you see this draft. Publish it when it is ready.",
                "Doar tu vezi această ciornă. Publică-o când este gata.")
        case .open:
            say(
                "People can apply, and affiliates can share it.",
                "Se poate aplica, iar afiliații îl pot distribui.")
        case .paused:
            say(
                "Nobody can apply. Your candidates stay.",
                "Nimeni nu poate aplica. Candidații rămân.")
        case .filled: say("Its page says so.", "Pagina jobului spune asta.")
        case .closed:
            say(
                "For good: its page says that it is over.",
                "Definitiv: pagina jobului spune că s-a încheiat.")
        case .expired:
            say(
                "The last day to apply has passed. Edit the job to choose a later one.",
                "Ultima zi pentru aplicații a trecut. Editează jobul ca să alegi una mai târzie.")
        }
    }
}

// MARK: - Candidates

extension CompanyTexts {
    var noCandidates: String { say("No candidates yet", "Încă niciun candidat") }
    var noCandidatesHint: String {
        say(
            "They appear here as soon as somebody applies.",
            "Apar aici de îndată ce aplică cineva.")
    }
    var candidate: String { say("Candidate", "Candidat") }
    var cv: String { say("CV", "CV") }
    var downloadCV: String { say("Open the CV", "Deschide CV-ul") }
    var noCV: String { say("No CV sent", "Fără CV") }
    var message: String { say("Message", "Mesaj") }
    var noMessage: String { say("No message", "Fără mesaj") }
    var introducedBy: String { say("Introduced by", "Recomandat de") }
    func broughtBy(_ name: String) -> String {
        say("Introduced by \(name)", "Recomandat de \(name)")
    }
    var cameAlone: String { say("Came directly", "A venit direct") }
    var since: String { say("Since", "Din") }
    var history: String { say("History", "Istoric") }
    var moveTitle: String { say("Next step", "Pasul următor") }
    var moveTo: String { say("Move to", "Mută la") }
    var move: String { say("Move candidate", "Mută candidatul") }
    var moveNoteHint: String {
        say(
            "For the history; the affiliate reads it too.",
            "Pentru istoric; o citește și afiliatul.")
    }
    var rejectTitle: String { say("Reject", "Respinge") }
    var rejectHint: String {
        say(
            "Whoever recommended this person reads the reason and the note.",
            "Cine a recomandat această persoană citește motivul și nota.")
    }
    var reject: String { say("Reject candidate", "Respinge candidatul") }
    var hireTitle: String { say("Report a hire", "Raportează angajarea") }
    var reportHire: String { say("Report the hire", "Raportează angajarea") }
    var hireReported: String {
        say(
            "You reported this hire. We check and record it.",
            "Ai raportat această angajare. O verificăm și o înregistrăm.")
    }

    func owesForHire(_ commission: String) -> String {
        say(
            "When we record it, you owe \(commission).",
            "După înregistrare datorezi \(commission).")
    }
    var owesNobody: String {
        say(
            "This person came directly, so you owe no commission.",
            "Această persoană a venit direct, deci nu datorezi comision.")
    }
}

// MARK: - Hires and the company's page

extension CompanyTexts {
    var hiresTitle: String { say("Hires", "Angajări") }
    var hiresLead: String {
        say(
            "Who you hired through Vouch and what you owe for it.",
            "Pe cine ai angajat prin Vouch și ce datorezi pentru asta.")
    }
    var noHires: String { say("No hires yet", "Încă nicio angajare") }
    var noHiresHint: String {
        say(
            "Report a hire on the page of a candidate; it appears here.",
            "Raportează o angajare din pagina candidatului; va apărea aici.")
    }
    var startsOn: String { say("First day", "Prima zi") }
    var profileTitle: String { say("Company page", "Pagina companiei") }
    var profileLead: String {
        say("What visitors read about you.", "Ce citesc vizitatorii despre voi.")
    }
    var aboutHint: String {
        say(
            "Who you are and how it is to work with you.",
            "Cine sunteți și cum este să lucrezi cu voi.")
    }
    var billingTitle: String { say("On your invoices", "Pe facturile voastre") }
    var billingLead: String {
        say(
            "Only you and our admins see this. It stands on new invoices; those already issued "
                + "stay as they are.",
            "Doar voi și administratorii noștri vedeți aceste date. Apar pe facturile noi; cele "
                + "emise rămân cum sunt.")
    }
    var billingTaxHint: String {
        say(
            "In another country of the EU: the VAT number with its country code. Without it VAT is "
                + "charged.",
            "În altă țară din UE: codul de TVA cu prefixul țării. Fără el se adaugă TVA.")
    }
    var seePage: String { say("See the page", "Vezi pagina") }
}
