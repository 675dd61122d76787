import Domain

/// The first page.
package struct HomeTexts: TextGroup {
    let voice: Voice
}

extension HomeTexts {
    var title: String { say("Jobs that come recommended", "Joburi cu recomandare") }
    var headline: String {
        say("Know somebody who would be great here?", "Știi pe cineva potrivit aici?")
    }
    var lead: String {
        say(
            "Companies promise a commission for each hire. You recommend a person you believe in. When they are hired, you win.",
            "Companiile promit un comision pentru fiecare angajare. Tu recomanzi un om în care ai încredere. Când este angajat, câștigi."
        )
    }
    var seeJobs: String { say("See open jobs", "Vezi joburile deschise") }
    var becomeAffiliate: String { say("Become an affiliate", "Devino afiliat") }
    var hireWithUs: String { say("Hire with Vouch", "Angajează cu Vouch") }
    var newest: String { say("Newest jobs", "Cele mai noi joburi") }
    var allJobs: String { say("All open jobs", "Toate joburile deschise") }
    var howItWorks: String { say("How it works", "Cum funcționează") }
    var companiesHire: String { say("companies hiring", "companii care angajează") }
    var openJobs: String { say("open jobs", "joburi deschise") }
    var promised: String { say("promised per hire, at best", "comision maxim pe angajare") }

    /// The way from a job to a commission, as steps with a title and a sentence.
    var steps: [(title: String, text: String)] {
        [
            (
                say("A company promises", "O companie promite"),
                say(
                    "It posts a job with its salary and the commission a hire pays.",
                    "Publică un job cu salariul lui și comisionul pentru o angajare.")
            ),
            (
                say("You vouch", "Tu recomanzi"),
                say(
                    "You share your link. Whoever applies through it is your introduction.",
                    "Trimiți linkul tău. Cine aplică prin el este recomandarea ta.")
            ),
            (
                say("They are hired, you win", "Este angajat, tu câștigi"),
                say(
                    "You see every stage, what you won and why, and the day it is paid.",
                    "Vezi fiecare etapă, ce ai câștigat și de ce, și ziua plății.")
            ),
        ]
    }
    var promiseTitle: String { say("A promise in writing", "O promisiune în scris") }
    var promiseText: String {
        say(
            "Terms are versioned and bound to your introduction. If a company lowers its commission later, yours stays.",
            "Condițiile au versiuni și sunt legate de recomandarea ta. Dacă o companie scade mai târziu comisionul, al tău rămâne."
        )
    }
}
