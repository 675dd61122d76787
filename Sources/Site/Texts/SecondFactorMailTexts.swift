import Domain

// What mails about the second factor say.

extension MailTexts {
    func factorAdded(isReplacement: Bool) -> Words {
        isReplacement
            ? Words(
                say(
                    "Your authenticator app was replaced",
                    "Aplicația ta de autentificare a fost înlocuită"),
                say(
                    "From now on codes of another app sign you in, and there are new recovery codes.",
                    "De acum te autentifici cu codurile altei aplicații și ai coduri de recuperare noi."
                ), factorWarning)
            : Words(
                say("A second factor was set up", "A fost configurat al doilea factor"),
                say(
                    "From now on signing in takes your password and a code of your app. Other devices were signed out.",
                    "De acum autentificarea cere parola și un cod din aplicația ta. Celelalte dispozitive au fost deconectate."
                ), factorWarning)
    }
    var factorRemoved: Words {
        Words(
            say("Your second factor was removed", "Al doilea factor a fost eliminat"),
            say(
                "From now on your password alone opens your account, until you set up an app again.",
                "De acum contul se deschide doar cu parola, până configurezi din nou o aplicație."),
            factorWarning)
    }
    var factorCodesRenewed: Words {
        Words(
            say("You have new recovery codes", "Ai coduri de recuperare noi"),
            say(
                "Your old recovery codes work no more.",
                "Vechile tale coduri de recuperare nu mai funcționează."), factorWarning)
    }
    func factorRecoveryUsed(left: Int) -> Words {
        let codes = SecondFactorTexts(voice: voice).codes(left)
        return Words(
            say("A recovery code was used", "A fost folosit un cod de recuperare"),
            say(
                "Somebody used one of your recovery codes in the place of a code of your app. \(codes) left.",
                "Cineva a folosit unul dintre codurile tale de recuperare în locul unui cod din aplicație. Rămase: \(codes)."
            ), factorWarning)
    }

    private var factorWarning: String {
        say(
            "If it was not you, change your password and write to us at once.",
            "Dacă nu ai fost tu, schimbă-ți parola și scrie-ne imediat.")
    }
}
