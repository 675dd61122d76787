import Domain

/// What is kept while the database is away, and what becomes of it.
package struct SpoolTexts: TextGroup {
    let voice: Voice
}

// MARK: - For whoever sent it

extension SpoolTexts {
    var keptTitle: String { say("Your application is safe", "Aplicația ta este în siguranță") }
    var keptLead: String {
        say(
            "We have written it down, and it is not with the company yet: our database is busy. It goes there by itself; there is no need to send it again.",
            "Am notat-o, dar nu a ajuns încă la companie: baza noastră de date este ocupată. Va ajunge singură acolo; nu este nevoie să o trimiți din nou."
        )
    }
    var receiptTitle: String { say("Receipt of your application", "Recipisa aplicației tale") }
    var keepAddress: String {
        say(
            "Keep this address: it says what became of your application, and leads to its page once it has arrived.",
            "Păstrează această adresă: spune ce s-a întâmplat cu aplicația ta și duce la pagina ei după ce a ajuns."
        )
    }
    var address: String { say("Address of your receipt", "Adresa recipisei tale") }
    var look: String { say("See what became of it", "Vezi ce s-a întâmplat") }
    var waits: String {
        say(
            "It is safe here and waits for the database.",
            "Este în siguranță aici și așteaptă baza de date.")
    }
    var keptAt: String { say("Kept", "Păstrată") }
    var arrived: String { say("It has arrived.", "A ajuns.") }
    var arrivedAt: String { say("Arrived", "A ajuns") }
    var toApplication: String { say("To your application", "La aplicația ta") }
    var notTaken: String { say("It could not be taken.", "Nu a putut fi preluată.") }
    var why: String { say("Why", "De ce") }
    var lookedAt: String {
        say(
            "It could not be taken so far. It is still here, and one of us looks at it.",
            "Nu a putut fi preluată până acum. Este încă aici, iar unul dintre noi o verifică.")
    }
    var unknown: String {
        say(
            "Nothing is known of it here yet. Another of our servers may hold it; please come again in a few minutes.",
            "Aici nu se știe încă nimic despre ea. O poate avea alt server al nostru; te rugăm să revii peste câteva minute."
        )
    }
    var again: String { say("Look again", "Verifică din nou") }

    /// Why something that was kept could not be taken.
    func reason(_ reason: SpoolReason) -> String {
        switch reason {
        case .jobNotFound: say("There is no such job.", "Nu există un astfel de job.")
        case .jobPaused:
            say("The job is paused at the moment.", "Jobul este momentan suspendat.")
        case .jobOver:
            say("The job takes no more applications.", "Jobul nu mai primește aplicații.")
        case .duplicate:
            say(
                "This person was introduced to this job before.",
                "Această persoană a mai fost prezentată pentru acest job.")
        case .overtaken:
            say(
                "Another introduction of the same person came in before it.",
                "O altă prezentare a aceleiași persoane a ajuns înainte.")
        case .unreadable: say("It could not be read.", "Nu a putut fi citită.")
        case .putAway: say("One of us decided so.", "Așa a decis unul dintre noi.")
        case .refused: say("It was refused.", "A fost refuzată.")
        }
    }
}

// MARK: - For admins

extension SpoolTexts {
    var listTitle: String { say("Kept", "Păstrate") }
    var listLead: String {
        say(
            "What was sent to this server while the database was away, and could not be taken afterwards. Each of the servers has its own list.",
            "Ce a fost trimis acestui server cât baza de date lipsea și nu a putut fi preluat apoi. Fiecare server are lista lui."
        )
    }
    var nothing: String { say("Nothing is set aside", "Nimic nu este pus deoparte") }
    var nothingHint: String {
        say(
            "What was kept goes into the database by itself.",
            "Ce a fost păstrat intră singur în baza de date.")
    }
    var who: String { say("Who", "Cine") }
    var sent: String { say("Sent", "Trimisă") }
    var tryAgain: String { say("Try again", "Încearcă din nou") }
    var putAway: String { say("Put away", "Renunță") }
    var unreadable: String { say("Cannot be read", "Nu poate fi citită") }

    func waiting(_ number: Int) -> String {
        let counted = count(
            number, ("application is safe and waits", "applications are safe and wait"),
            (
                "aplicație este în siguranță și așteaptă",
                "aplicații sunt în siguranță și așteaptă",
                "de aplicații sunt în siguranță și așteaptă"
            ))
        return counted + " " + say("for the database", "baza de date")
    }
    func number(_ sequence: UInt64) -> String {
        say("Number \(sequence)", "Numărul \(sequence)")
    }
}
