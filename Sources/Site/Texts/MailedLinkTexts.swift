import Domain

/// Pages that mailed links lead to, and the forms that ask for such links.
package struct MailedLinkTexts: TextGroup {
    let voice: Voice
}

// MARK: - Confirming an address

extension MailedLinkTexts {
    var pleaseConfirm: String {
        say(
            "Please confirm your e-mail address: follow the link that we mailed to you.",
            "Te rugăm să îți confirmi adresa de e-mail: urmează linkul pe care ți l-am trimis.")
    }
    var sendAgain: String { say("Send the link again", "Trimite din nou linkul") }
    var confirmTitle: String { say("Confirm your address", "Confirmă-ți adresa") }
    var confirmLead: String {
        say("One click, and we know that mails reach you.", "Un clic și știm că e-mailurile ajung.")
    }
    var confirmButton: String { say("Confirm this address", "Confirmă această adresă") }
    var confirmNotYou: String {
        say(
            "You did not ask for this? Then close this page: nothing happens without the click.",
            "Nu ai cerut acest lucru? Închide pagina: fără clic nu se întâmplă nimic.")
    }
    var addressTitle: String { say("E-mail address", "Adresa de e-mail") }
    var addressLead: String {
        say(
            "You sign in with it, and we write to it. We mail a link to the new address first.",
            "Cu ea intri în cont și la ea îți scriem. Trimitem mai întâi un link la noua adresă.")
    }
    var newAddress: String { say("New e-mail", "E-mailul nou") }
    var changeAddress: String { say("Change address", "Schimbă adresa") }

    func wanted(_ address: String) -> String {
        say(
            "We mailed a link to \(address). Until it is followed, the present address counts.",
            "Am trimis un link la \(address). Până îl urmezi, rămâne valabilă adresa actuală.")
    }
}

// MARK: - Passwords

extension MailedLinkTexts {
    var forgotLink: String { say("Forgot your password?", "Ai uitat parola?") }
    var forgotTitle: String { say("Set a new password", "Setează o parolă nouă") }
    var forgotLead: String {
        say(
            "Tell us the address of your account, and we mail you a link.",
            "Spune-ne adresa contului tău și îți trimitem un link.")
    }
    var forgotButton: String { say("Send me the link", "Trimite-mi linkul") }
    var resetTitle: String { say("Your new password", "Noua ta parolă") }
    var resetButton: String { say("Set password", "Setează parola") }
    var resetConsequences: String {
        say(
            "Every device is signed out. API tokens go on working: look at them on your account page.",
            "Toate dispozitivele ies din cont. Tokenurile API rămân valabile: vezi-le în pagina contului."
        )
    }
    var passwordTitle: String { say("Password", "Parola") }
    var passwordLead: String {
        say(
            "Every other device is signed out; API tokens stay.",
            "Toate celelalte dispozitive ies din cont; tokenurile API rămân.")
    }
    var changePassword: String { say("Change password", "Schimbă parola") }

    func resetLead(_ email: String) -> String {
        say("For the account of \(email).", "Pentru contul \(email).")
    }
}

// MARK: - Links that no longer work

extension MailedLinkTexts {
    var overTitle: String { say("This link is over", "Acest link nu mai este valabil") }

    func over(_ purpose: MailPurpose) -> String {
        switch purpose {
        case .confirmAddress:
            say(
                "It was used, or it is too old. Sign in: your account page sends you another one.",
                "A fost folosit sau este prea vechi. Intră în cont: din pagina contului primești altul."
            )
        case .resetPassword:
            say(
                "It was used, it is older than one hour, or you asked for a newer one.",
                "A fost folosit, este mai vechi de o oră sau ai cerut unul mai nou.")
        case .acceptInvitation:
            say(
                "It was used, or it is older than three days. Ask whoever invited you for another one.",
                "A fost folosit sau este mai vechi de trei zile. Cere altul celui care te-a invitat."
            )
        case .answerRecommendation:
            say(
                "You have answered, or more than 30 days have passed. Nothing is kept of who you are.",
                "Ai răspuns deja sau au trecut peste 30 de zile. Nu păstrăm nimic despre cine ești."
            )
        }
    }
}
