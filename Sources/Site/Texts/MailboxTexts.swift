import Domain

/// What pages about mails say.
package struct MailboxTexts: TextGroup {
    let voice: Voice
}

// MARK: - Ending mails

extension MailboxTexts {
    var unsubscribe: String { say("Get fewer mails", "Primește mai puține mesaje") }
    var whatEnds: String {
        say(
            "You will get no more mails about single steps of applications. Mails about your "
                + "account and your money still come.",
            "Nu vei mai primi mesaje despre fiecare pas al candidaturilor. Mesajele despre contul "
                + "tău și banii tăi vin în continuare.")
    }
    var unsubscribed: String { say("Done", "Gata") }
    var unsubscribedLead: String {
        say(
            "No more mails about single steps of applications come to you.",
            "Nu mai primești mesaje despre fiecare pas al candidaturilor.")
    }
}

// MARK: - The mailbox of the demo

extension MailboxTexts {
    var mailbox: String { say("Mails of the demo", "Mesajele demonstrației") }
    var mailboxLead: String {
        say(
            "What would have been sent. Nothing of it has left this machine.",
            "Ce s-ar fi trimis. Nimic nu a părăsit acest calculator.")
    }
    var noMails: String { say("No mails yet", "Încă niciun mesaj") }
    var noMailsHint: String {
        say(
            "Apply for a job or record a hire, and look again.",
            "Candidează pentru un job sau înregistrează o angajare și revino.")
    }
    var mail: String { say("A mail", "Un mesaj") }
    var subject: String { say("Subject", "Subiect") }
    var to: String { say("To", "Către") }
    var at: String { say("When", "Când") }
    var asHTML: String { say("The part in HTML", "Partea în HTML") }
    var source: String { say("As it would have been sent", "Așa cum s-ar fi trimis") }
    var allMails: String { say("All mails", "Toate mesajele") }
}

// MARK: - Delivery

extension MailboxTexts {
    var delivery: String { say("Mails", "Mesaje") }
    var deliveryLead: String {
        say(
            "What waits for the mail server, what it refused, and how long the rest took.",
            "Ce așteaptă serverul de mail, ce a refuzat și cât a durat restul.")
    }
    func waiting(_ number: Int) -> String {
        count(
            number, ("mail waits", "mails wait"),
            ("mesaj așteaptă", "mesaje așteaptă", "de mesaje așteaptă"))
    }
    func oldest(_ moment: String) -> String {
        say("The oldest waits since \(moment).", "Cel mai vechi așteaptă din \(moment).")
    }
    func took(_ median: String, _ slowest: String) -> String {
        say(
            "Until the mail server had it: half within \(median) ms, 99 of 100 within \(slowest) ms.",
            "Până la serverul de mail: jumătate în \(median) ms, 99 din 100 în \(slowest) ms.")
    }
    var deadLetters: String { say("Not deliverable", "Nelivrabile") }
    var noDeadLetters: String { say("Everything arrived", "Totul a ajuns") }
    var noDeadLettersHint: String {
        say("No mail was given up.", "Niciun mesaj nu a fost abandonat.")
    }
    var message: String { say("Message", "Mesaj") }
    var why: String { say("What the server said", "Ce a spus serverul") }
    func tries(_ number: Int) -> String {
        count(number, ("try", "tries"), ("încercare", "încercări", "de încercări"))
    }
    var suppressed: String { say("Addresses that take nothing", "Adrese care nu primesc nimic") }
    var noSuppressed: String { say("No address is closed", "Nicio adresă nu este închisă") }
    var noSuppressedHint: String {
        say(
            "An address that its server refuses for good is not written to again.",
            "O adresă refuzată definitiv de serverul ei nu mai primește mesaje.")
    }
    var allow: String { say("Write to it again", "Scrie din nou") }
}
