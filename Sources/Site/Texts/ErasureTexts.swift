import Domain

/// What is kept of a candidate, and how they have it erased.
package struct ErasureTexts: TextGroup {
    let voice: Voice
}

extension ErasureTexts {
    var dataLink: String {
        say("See, download or erase your data", "Vezi, descarcă sau șterge datele tale")
    }
    var dataTitle: String { say("Your data", "Datele tale") }
    var yourWords: String { say("What you wrote", "Ce ai scris") }
    var theirWords: String { say("What was said of you", "Ce s-a spus despre tine") }
    var exportTitle: String { say("Take it along", "Ia datele cu tine") }
    var exportLead: String {
        say(
            "All of it, with your CV and every step, as one file that programs can read (JSON).",
            "Toate datele, cu CV-ul și fiecare etapă, într-un fișier pe care îl citesc programele (JSON)."
        )
    }
    var export: String { say("Download your data", "Descarcă datele") }
    var title: String { say("Erase your data", "Șterge datele tale") }
    var lead: String {
        say(
            "Your name, addresses, CV and words are removed for good, and notes about you. You are asked "
                + "once more.",
            "Numele, adresele, CV-ul și textele tale se șterg definitiv, la fel și notele despre tine. "
                + "Mai ești întrebat o dată.")
    }
    var goOn: String { say("Go on to erasing", "Continuă spre ștergere") }
    var agreement: String {
        say("Yes, erase my data for good.", "Da, ștergeți definitiv datele mele.")
    }
    var definite: String { say("This cannot be undone.", "Acest pas este definitiv.") }
    var erase: String { say("Erase now", "Șterge acum") }
    var doneTitle: String { say("Your data is erased", "Datele tale sunt șterse") }
    var doneLead: String {
        say(
            "Nothing here tells any more who you are.",
            "Nimic de aici nu mai spune cine ești.")
    }

    /// What erasing does and what it leaves, one sentence each.
    func consequences(_ days: Int) -> [String] {
        [
            say(
                "Your name, e-mail address, telephone number, CV and letter are removed.",
                "Numele, adresa de e-mail, telefonul, CV-ul și scrisoarea ta se șterg."),
            say(
                "Notes that the company or we wrote about you at a stage or a hire are removed; reasons chosen from a list stay.",
                "Notele scrise despre tine de companie sau de noi la o etapă ori la o angajare se șterg; motivele alese dintr-o listă rămân."
            ),
            say(
                "An application that still runs is withdrawn, and the company is told.",
                "O aplicație încă în curs se retrage, iar compania este anunțată."),
            say(
                "Until \(String(days)) days after you applied we keep a keyed fingerprint of your e-mail address, so that nobody is paid twice for you.",
                "Până la \(String(days)) de zile de la aplicare păstrăm o amprentă cu cheie a adresei tale de e-mail, ca nimeni să nu fie plătit de două ori."
            ),
            say(
                "What was promised and paid for a hire stays in the books, without your name, and so does what was written to decide about that money, disputes included.",
                "Ce s-a promis și s-a plătit pentru o angajare rămâne în registre, fără numele tău, la fel și ce s-a scris pentru a decide asupra acestor bani, inclusiv disputele."
            ),
        ]
    }
}
