import Domain

// What is mailed about accounts, and to people whom somebody named.

extension MailTexts {
    var openConfirm: String { say("Confirm this address", "Confirmă această adresă") }
    var openReset: String { say("Set a new password", "Setează o parolă nouă") }
    var openInvitation: String { say("Accept the invitation", "Acceptă invitația") }
    var openRecommendation: String {
        say("See everything, and answer", "Vezi tot și răspunde")
    }
    var whyRecommended: String {
        say(
            "You get this once, because somebody named you. The link above erases what is kept about you.",
            "Primești acest mesaj o singură dată, pentru că cineva te-a propus. Legătura de mai sus șterge datele păstrate despre tine."
        )
    }

    func confirmAddress(_ address: String) -> Words {
        Words(
            say("Confirm your address", "Confirmă-ți adresa"),
            say(
                "Please confirm that \(address) is yours. The link works for three days.",
                "Te rugăm să confirmi că \(address) îți aparține. Linkul este valabil trei zile."),
            say(
                "You did not ask for this? Then do nothing.",
                "Nu ai cerut acest lucru? Atunci nu face nimic."))
    }
    func addressChanged(_ address: String) -> Words {
        Words(
            say("The address of your account is another one", "Adresa contului tău s-a schimbat"),
            say(
                "From now on your account belongs to the address \(address).",
                "De acum contul tău ține de adresa \(address)."),
            say(
                "This was not you? Answer this mail at once.",
                "Nu ai fost tu? Răspunde imediat la acest mesaj."))
    }
    var passwordReset: Words {
        Words(
            say("Set a new password", "Setează o parolă nouă"),
            say(
                "Somebody asked for a link to set a new password for your account. It works once, for one hour.",
                "Cineva a cerut un link pentru o parolă nouă a contului tău. Este valabil o dată, timp de o oră."
            ),
            say(
                "It was not you? Then do nothing: your password stays as it is.",
                "Nu ai fost tu? Nu face nimic: parola rămâne cea dinainte."))
    }
    func passwordChanged(tokens: String) -> Words {
        var words = Words(
            say("Your password is changed", "Parola ta a fost schimbată"),
            say(
                "Your account has a new password, and every device was signed out.",
                "Contul tău are o parolă nouă, iar toate dispozitivele au ieșit din cont."))
        if !tokens.isEmpty {
            words.paragraphs.append(
                say(
                    "These API tokens go on working: \(tokens).",
                    "Aceste tokenuri API rămân valabile: \(tokens)."))
        }
        words.paragraphs.append(
            say(
                "This was not you? Set a new password at once, and revoke the tokens.",
                "Nu ai fost tu? Setează imediat o parolă nouă și revocă tokenurile."))
        return words
    }
    func adminInvited(_ inviter: String) -> Words {
        Words(
            say("You are invited to run Vouch", "Ești invitat să administrezi Vouch"),
            say(
                "\(inviter) invites you to be an admin. Set your password within three days.",
                "\(inviter) te invită să fii administrator. Setează-ți parola în trei zile."))
    }
    func recommended(_ affiliate: String, _ job: String, _ company: String) -> Words {
        Words(
            say("\(affiliate) recommends you as \(job)", "\(affiliate) te recomandă ca \(job)"),
            say(
                "\(affiliate) named you for the job \(job) at \(company). \(company) knows nothing of it until you agree.",
                "\(affiliate) te-a propus pentru jobul \(job) la \(company). \(company) nu știe nimic până nu ești de acord."
            ))
    }
    func keptOfYou(_ affiliate: String, _ kept: String) -> String {
        say(
            "What we keep of you, and have from \(affiliate): \(kept). We use it only to ask you (GDPR Art. 6(1)(f) and 14).",
            "Ce păstrăm despre tine și am primit de la \(affiliate): \(kept). Le folosim doar ca să te întrebăm (RGPD art. 6 alin. 1 lit. f și art. 14)."
        )
    }
    func affiliateSays(_ affiliate: String, _ words: String) -> String {
        say("\(affiliate) says: \(words)", "\(affiliate) spune: \(words)")
    }
    var erasedWithoutAnswer: String {
        say(
            "Refuse, and all of it is erased at once; without an answer it is erased after 30 days.",
            "Dacă refuzi, totul se șterge imediat; fără răspuns, se șterge după 30 de zile.")
    }
}
