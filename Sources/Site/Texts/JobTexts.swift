import Domain

/// Public job lists, job pages and company pages.
package struct JobTexts: TextGroup {
    let voice: Voice
}

// MARK: - Lists

extension JobTexts {
    var listTitle: String { say("Jobs", "Joburi") }
    var listLead: String {
        say(
            "Every ad names its salary. Share one with somebody you would vouch for.",
            "Fiecare anunț spune salariul. Trimite anunțul cuiva pentru care ai pune o vorbă bună.")
    }
    var listDescription: String {
        say(
            "Open positions in Romania and the European Union, each with its salary.",
            "Posturi deschise în România și în Uniunea Europeană, fiecare cu salariul său.")
    }
    var search: String { say("Search", "Caută") }
    var searchWords: String { say("Title, company or city", "Titlu, companie sau oraș") }
    var anyCountry: String { say("Any country", "Orice țară") }
    var anyType: String { say("Any type", "Orice tip") }
    var anyRemote: String { say("On site or remote", "La sediu sau la distanță") }
    var country: String { say("Country", "Țara") }
    var employmentType: String { say("Employment", "Tipul angajării") }
    var remote: String { say("Place of work", "Locul muncii") }
    var filters: String { say("Search and filter jobs", "Caută și filtrează joburi") }
    var clearFilters: String { say("Show all jobs", "Arată toate joburile") }
    var noneMatch: String { say("No jobs match", "Niciun job nu se potrivește") }
    var noneMatchHint: String {
        say(
            "Try fewer words, another country, or look at all open jobs.",
            "Încearcă mai puține cuvinte, altă țară sau vezi toate joburile deschise.")
    }
    var noneOpen: String { say("No open jobs right now", "Niciun job deschis acum") }
    var noneOpenHint: String {
        say(
            "New jobs appear here as soon as a company publishes them.",
            "Joburile noi apar aici de îndată ce o companie le publică.")
    }

    func found(_ number: Int) -> String {
        count(
            number, ("job found", "jobs found"), ("job găsit", "joburi găsite", "de joburi găsite"))
    }
    func open(_ number: Int) -> String {
        count(
            number, ("open job", "open jobs"),
            ("job deschis", "joburi deschise", "de joburi deschise"))
    }
    /// Stands before the amount that a hire pays.
    var earn: String { say("Recommend and earn", "Recomandă și câștigi") }
    func published(_ date: String) -> String { say("Published \(date)", "Publicat \(date)") }
}

// MARK: - A job's page

extension JobTexts {
    var applyNow: String { say("Apply now", "Aplică acum") }
    var salary: String { say("Salary", "Salariu") }
    var noSalary: String { say("Not stated", "Nu este precizat") }
    var location: String { say("Location", "Locație") }
    var employment: String { say("Employment", "Tipul angajării") }
    var postedOn: String { say("Posted on", "Publicat la") }
    var applyUntil: String { say("Apply until", "Aplică până la") }
    var reference: String { say("Reference", "Referință") }
    var commission: String { say("Commission", "Comision") }
    var atAGlance: String { say("At a glance", "Pe scurt") }
    var aboutTheJob: String { say("About the job", "Despre job") }
    var aboutTheCompany: String { say("About the company", "Despre companie") }
    var allJobsOfCompany: String { say("All jobs of this company", "Toate joburile companiei") }
    var moreJobs: String { say("More open jobs", "Alte joburi deschise") }
    var knowSomebody: String { say("Know somebody?", "Cunoști pe cineva?") }
    var vouchedVisit: String {
        say(
            "Somebody vouched for this job. If you apply here, they are told how it goes, never what you wrote.",
            "Cineva ți-a recomandat acest job. Dacă aplici aici, va afla cum decurge, niciodată ce ai scris."
        )
    }
    var applicationsTakeMinutes: String {
        say(
            "It takes three minutes and needs no account.",
            "Durează trei minute și nu îți trebuie cont.")
    }
    var shareAsAffiliate: String { say("Get your link", "Ia-ți linkul") }
    var previewNotice: String {
        say(
            "This is a preview: only your company sees this page until the job is published.",
            "Aceasta este o previzualizare: doar compania ta vede pagina până la publicarea jobului."
        )
    }
    var website: String { say("Website", "Site web") }
    var verified: String { say("Verified company", "Companie verificată") }

    func titleAtCompany(_ title: String, _ company: String) -> String {
        say("\(title) at \(company)", "\(title) la \(company)")
    }
    func remoteWithin(_ country: String) -> String {
        say("Remote, from \(country)", "La distanță, din \(country)")
    }
    func remoteWithBase(_ place: String) -> String {
        say("Remote, office in \(place)", "La distanță, sediul în \(place)")
    }
    func hybridIn(_ place: String) -> String { say("\(place), hybrid", "\(place), hibrid") }
    func vouchPitch(_ commission: String) -> String {
        say(
            "Recommend the person who gets this job and earn \(commission).",
            "Recomandă persoana care primește acest job și câștigi \(commission).")
    }
    func guarantee(_ days: String) -> String {
        say("Guarantee: \(days)", "Garanție: \(days)")
    }
    func instalments(_ shares: String) -> String {
        say("Paid in instalments: \(shares)", "Plătit în tranșe: \(shares)")
    }
    var paidAtOnce: String {
        say("Paid at once when the guarantee ends", "Plătit o dată, la sfârșitul garanției")
    }
    func jobsAt(_ company: String) -> String { say("Jobs at \(company)", "Joburi la \(company)") }
}

// MARK: - A job that is over

extension JobTexts {
    var goneTitle: String { say("This job is no longer open", "Acest job nu mai este deschis") }
    var pausedTitle: String {
        say("This job takes no applications now", "Acest job nu primește aplicații acum")
    }
    func goneFilled(_ title: String, _ company: String) -> String {
        say(
            "\(company) found somebody for “\(title)”.",
            "\(company) a găsit pe cineva pentru „\(title)”.")
    }
    func goneClosed(_ title: String, _ company: String) -> String {
        say(
            "\(company) closed the position “\(title)”.",
            "\(company) a închis postul „\(title)”.")
    }
    func goneExpired(_ title: String, _ company: String, _ date: String) -> String {
        say(
            "People could apply for “\(title)” at \(company) until \(date).",
            "Pentru „\(title)” la \(company) s-a putut aplica până la \(date).")
    }
    func pausedText(_ title: String, _ company: String) -> String {
        say(
            "\(company) paused the position “\(title)”. It may open again.",
            "\(company) a pus în pauză postul „\(title)”. S-ar putea redeschide.")
    }
    var goneHint: String {
        say(
            "These jobs are open and similar. An application that was sent stays valid, and its page keeps working.",
            "Aceste joburi sunt deschise și asemănătoare. O aplicație deja trimisă rămâne valabilă, iar pagina ei funcționează în continuare."
        )
    }
}
