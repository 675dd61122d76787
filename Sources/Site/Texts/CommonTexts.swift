import Domain

/// Navigation, footer, and the words that stand on every page.
package struct CommonTexts: TextGroup {
    let voice: Voice
}

extension CommonTexts {
    /// What a page does without while very many people are here.
    func leftOut(_ part: LeftOut) -> String {
        switch part {
        case .clicks:
            say(
                "Very many people are here at the moment: the newest clicks are counted a little later.",
                "Acum sunt foarte mulți vizitatori: ultimele clicuri se numără puțin mai târziu.")
        case .similarJobs:
            say(
                "Very many people are here at the moment, so other jobs of the company are not shown.",
                "Acum sunt foarte mulți vizitatori, așa că nu arătăm alte joburi ale companiei.")
        case .counts:
            say(
                "Very many people are here at the moment, so the jobs are not counted.",
                "Acum sunt foarte mulți vizitatori, așa că nu numărăm joburile.")
        case .search:
            say(
                "Very many people are here at the moment, so words are not searched for. These are the newest jobs; try your search again in a few minutes.",
                "Acum sunt foarte mulți vizitatori, așa că nu căutăm după cuvinte. Acestea sunt cele mai noi joburi; încearcă din nou peste câteva minute."
            )
        }
    }
}

extension CommonTexts {
    var tagline: String {
        say(
            "Good people come recommended.",
            "Oamenii buni vin cu recomandare.")
    }
    var skipToContent: String { say("Skip to content", "Sari la conținut") }
    var mainNavigation: String { say("Main", "Principal") }
    var deskNavigation: String { say("Your desk", "Biroul tău") }
    var jobs: String { say("Jobs", "Joburi") }
    var forCompanies: String { say("For companies", "Pentru companii") }
    var forAffiliates: String { say("For affiliates", "Pentru afiliați") }
    var signIn: String { say("Sign in", "Autentificare") }
    var signOut: String { say("Sign out", "Ieșire") }
    var signUp: String { say("Sign up", "Creează cont") }
    var account: String { say("Account", "Cont") }
    var overview: String { say("Overview", "Privire de ansamblu") }
    var companyPage: String { say("Company page", "Pagina companiei") }
    var myJobs: String { say("Our jobs", "Joburile noastre") }
    var postJob: String { say("Post a job", "Publică un job") }
    var findJobs: String { say("Find jobs", "Găsește joburi") }
    var myLinks: String { say("My links", "Linkurile mele") }
    var myIntroductions: String { say("My introductions", "Recomandările mele") }
    var hires: String { say("Hires", "Angajări") }
    var companies: String { say("Companies", "Companii") }
    var language: String { say("Language", "Limba") }
    var footerNavigation: String { say("About this site", "Despre acest site") }
    var api: String { say("API", "API") }
    var feed: String { say("Job feed", "Flux de joburi") }
    var timesAreRomanian: String {
        say("Times are Romanian time.", "Orele sunt cele din România.")
    }
    var footerPromise: String {
        say(
            "Vouch pays people who recommend people. Commissions are promised in writing and never shrink.",
            "Vouch îi plătește pe cei care recomandă oameni. Comisioanele sunt promise în scris și nu scad niciodată."
        )
    }
    var save: String { say("Save", "Salvează") }
    var cancel: String { say("Cancel", "Renunță") }
    var edit: String { say("Edit", "Editează") }
    var details: String { say("Details", "Detalii") }
    var actions: String { say("Actions", "Acțiuni") }
    var optional: String { say("optional", "opțional") }
    var none: String { say("None", "Niciunul") }
    var date: String { say("Date", "Data") }
    var note: String { say("Note", "Notă") }
    var reason: String { say("Reason", "Motiv") }
    var state: String { say("Status", "Stare") }
    var nextPage: String { say("Next", "Înainte") }
    var firstPage: String { say("First page", "Prima pagină") }
    var pages: String { say("Pages", "Pagini") }
    var copy: String { say("Copy", "Copiază") }
    var copied: String { say("Copied", "Copiat") }

    func signedIn(as name: String) -> String {
        say("Signed in as \(name)", "Autentificat ca \(name)")
    }
}
