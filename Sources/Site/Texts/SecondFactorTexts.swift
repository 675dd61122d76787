import Domain

/// Signing in with a code, and the pages of the second factor.
package struct SecondFactorTexts: TextGroup {
    let voice: Voice
}

// MARK: - Signing in

extension SecondFactorTexts {
    var codeTitle: String { say("Your code", "Codul tău") }
    var codeLead: String {
        say(
            "Open your authenticator app and type the six digits it shows for Vouch.",
            "Deschide aplicația de autentificare și scrie cele șase cifre pe care le arată pentru Vouch."
        )
    }
    var appLost: String {
        say("You do not have your app at hand?", "Nu ai aplicația la îndemână?")
    }
    var recoveryHint: String {
        say(
            "One of the codes you kept when you set the app up. It works once.",
            "Unul dintre codurile păstrate la configurarea aplicației. Funcționează o singură dată."
        )
    }
    var useRecoveryCode: String { say("Use recovery code", "Folosește codul de recuperare") }
    var nothingLeft: String {
        say(
            "No code left either? Write to us: after a check we remove the lost app.",
            "Nu mai ai nici coduri? Scrie-ne: după o verificare, eliminăm aplicația pierdută.")
    }
}

// MARK: - Setting up

extension SecondFactorTexts {
    var title: String { say("Second factor", "Al doilea factor") }
    var isOn: String {
        say(
            "On: signing in takes your password and a code of your app.",
            "Activ: autentificarea cere parola și un cod din aplicația ta.")
    }
    var isOff: String {
        say(
            "Off: your password alone opens this account.",
            "Inactiv: contul se deschide doar cu parola.")
    }
    var manage: String { say("Recovery codes and app", "Coduri de recuperare și aplicație") }
    var whatItIs: String {
        say(
            "A code of an app on your phone, asked for after the password: a stolen password alone opens nothing.",
            "Un cod dintr-o aplicație de pe telefon, cerut după parolă: o parolă furată nu deschide nimic singură."
        )
    }
    var adminsNeedIt: String {
        say(
            "Administrators sign in with a password and a code of an app. Set yours up to go on.",
            "Administratorii intră în cont cu parola și un cod dintr-o aplicație. Configureaz-o pe a ta ca să continui."
        )
    }
    var setUpTitle: String { say("Set up a second factor", "Configurează al doilea factor") }
    var replaceTitle: String { say("Replace the app", "Înlocuiește aplicația") }
    var setUp: String { say("Set up", "Configurează") }
    var stepScan: String { say("1. Scan this with your app", "1. Scanează cu aplicația ta") }
    var scanLead: String {
        say(
            "Any authenticator app will do, such as Aegis, FreeOTP, Google Authenticator or your password manager.",
            "Merge orice aplicație de autentificare, de exemplu Aegis, FreeOTP, Google Authenticator sau managerul tău de parole."
        )
    }
    var pictureLabel: String { say("QR code of the key", "Codul QR al cheii") }
    var orType: String {
        say("Nothing to scan with? Type this key:", "Nu ai cu ce scana? Scrie această cheie:")
    }
    var keepToYourself: String {
        say(
            "Show it to nobody. It counts once you have sent the first code.",
            "Nu o arăta nimănui. E valabilă după ce trimiți primul cod.")
    }
    var stepCode: String { say("2. Type what the app shows", "2. Scrie ce arată aplicația") }
    var firstCodeHint: String {
        say(
            "Six digits, new every half minute.", "Șase cifre, altele la fiecare jumătate de minut."
        )
    }
    var currentCodeHint: String {
        say(
            "Of the app you have used so far, or a recovery code.",
            "Din aplicația folosită până acum sau un cod de recuperare.")
    }
}

// MARK: - Once it is set up

extension SecondFactorTexts {
    var setUpOn: String { say("Set up on", "Configurat la") }
    var codesLeft: String { say("Recovery codes left", "Coduri de recuperare rămase") }
    func codes(_ number: Int) -> String {
        count(number, ("code", "codes"), ("cod", "coduri", "de coduri"))
    }
    var fewCodesLeft: String {
        say("Few are left: make new ones.", "Au rămas puține: creează altele noi.")
    }
    var replace: String { say("Replace the app", "Înlocuiește aplicația") }
    var changeTitle: String { say("Change", "Modifică") }
    var changeLead: String {
        say(
            "New recovery codes make the old ones worthless. Without the second factor your password alone opens this account.",
            "Codurile noi le anulează pe cele vechi. Fără al doilea factor, contul se deschide doar cu parola."
        )
    }
    var changeLeadAdmin: String {
        say(
            "New recovery codes make the old ones worthless. Administrators can replace their app but not go without.",
            "Codurile noi le anulează pe cele vechi. Administratorii își pot înlocui aplicația, dar nu pot renunța la ea."
        )
    }
    var renew: String { say("New recovery codes", "Coduri de recuperare noi") }
    var remove: String { say("Remove the second factor", "Elimină al doilea factor") }

    var codesTitle: String { say("Your recovery codes", "Codurile tale de recuperare") }
    var codesLead: String {
        say(
            "The second factor is on. Keep these codes for the day your phone is gone.",
            "Al doilea factor este activ. Păstrează aceste coduri pentru ziua în care nu mai ai telefonul."
        )
    }
    var codesOnce: String {
        say(
            "Print this page or copy the codes to a safe place: they are shown only once.",
            "Tipărește pagina sau copiază codurile într-un loc sigur: sunt arătate o singură dată.")
    }
    var codesEach: String {
        say(
            "Each works once, in the place of a code of the app.",
            "Fiecare funcționează o singură dată, în locul unui cod din aplicație.")
    }
    var codesKept: String { say("I have kept them", "Le-am păstrat") }
}
