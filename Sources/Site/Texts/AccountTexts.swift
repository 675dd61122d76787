import Domain

/// Signing up and in, the account page, and the page about the API.
package struct AccountTexts: TextGroup {
    let voice: Voice
}

extension AccountTexts {
    var signInTitle: String { say("Sign in", "Autentificare") }
    var signInLead: String {
        say(
            "For companies, affiliates and administrators.",
            "Pentru companii, afiliați și administratori.")
    }
    var signInButton: String { say("Sign in", "Intră în cont") }
    var signInFailed: String {
        say(
            "E-mail or password is wrong. Check both and try again.",
            "E-mailul sau parola sunt greșite. Verifică-le și încearcă din nou.")
    }
    var noAccountYet: String { say("No account yet?", "Nu ai încă un cont?") }
    var haveAccount: String { say("You have an account?", "Ai deja un cont?") }
    var candidatesNeedNone: String {
        say(
            "To apply for a job you need no account.",
            "Ca să aplici la un job nu ai nevoie de cont.")
    }

    var companyTitle: String {
        say("Hire people who come recommended", "Angajează oameni recomandați")
    }
    var companyLead: String {
        say(
            "Post a job, promise a commission, and pay only when you hire.",
            "Publică un job, promite un comision și plătește doar când angajezi.")
    }
    var companyPoints: [String] {
        [
            say(
                "Posting is free. You owe a commission only for a hire that stays.",
                "Publicarea este gratuită. Datorezi comision doar pentru o angajare care durează."),
            say(
                "You set the amount, the guarantee and the instalments.",
                "Tu stabilești suma, garanția și tranșele."),
            say(
                "Every candidate comes with a CV and a person who vouches.",
                "Fiecare candidat vine cu un CV și cu cineva care garantează pentru el."),
        ]
    }
    var companyButton: String { say("Create company account", "Creează cont de companie") }

    var affiliateTitle: String {
        say("Earn when somebody you know is hired", "Câștigă când un cunoscut este angajat")
    }
    var affiliateLead: String {
        say(
            "Take a link to a job, share it, and follow every step until you are paid.",
            "Ia linkul unui job, trimite-l mai departe și urmărește fiecare pas până la plată.")
    }
    var affiliatePoints: [String] {
        [
            say(
                "A promised commission never shrinks: your terms are fixed when your candidate applies.",
                "Un comision promis nu scade: condițiile tale sunt stabilite când candidatul aplică."
            ),
            say(
                "You see each stage, and the reason when somebody is not taken.",
                "Vezi fiecare etapă și motivul atunci când cineva nu este ales."),
            say(
                "No cookies needed: the link itself says that it is yours.",
                "Fără cookie-uri: linkul însuși spune că este al tău."),
        ]
    }
    var affiliateButton: String { say("Create affiliate account", "Creează cont de afiliat") }
    var passwordHint: String {
        say(
            "At least 10 characters. A few words you can remember are best.",
            "Cel puțin 10 caractere. Cel mai bine câteva cuvinte pe care le ții minte.")
    }
    var workEmailHint: String {
        say("We write to it about candidates.", "La ea îți scriem despre candidați.")
    }
    var privacy: String {
        say(
            "We keep your name and e-mail to run the account, and nothing else about you.",
            "Păstrăm numele și e-mailul tău pentru cont și nimic altceva despre tine.")
    }
}

// MARK: - The account's page

extension AccountTexts {
    var title: String { say("Account", "Cont") }
    var you: String { say("You", "Tu") }
    var role: String { say("Role", "Rol") }
    var languageHint: String {
        say("For pages and for e-mails to you.", "Pentru pagini și pentru e-mailurile către tine.")
    }
    var tokensTitle: String { say("API tokens", "Tokenuri API") }
    var tokensLead: String {
        say(
            "A token lets a program do what you can do. Treat it like a password.",
            "Cu un token, un program poate face ce poți face tu. Păzește-l ca pe o parolă.")
    }
    var noTokens: String { say("You have no tokens.", "Nu ai tokenuri.") }
    var newToken: String { say("Create a token", "Creează un token") }
    var tokenHint: String {
        say("What it is for, such as “Job import”.", "La ce folosește, de exemplu „Import joburi”.")
    }
    var tokenReady: String { say("Your new token", "Noul tău token") }
    var tokenOnce: String {
        say(
            "Copy it now: it is shown only once.",
            "Copiază-l acum: este arătat o singură dată.")
    }
    var tokenCreated: String { say("Created", "Creat") }
    var tokenUsed: String { say("Last used", "Ultima folosire") }
    var tokenUnused: String { say("Never", "Niciodată") }
    var revoke: String { say("Revoke", "Revocă") }

    var sessionsTitle: String { say("Other devices", "Alte dispozitive") }
    var signOutEverywhereText: String {
        say(
            "Lost a computer, or signed in on somebody else's? This ends every session, this one too.",
            "Ai pierdut un calculator sau ai intrat în cont de pe al altcuiva? Așa se încheie toate sesiunile, inclusiv aceasta."
        )
    }
    var signOutEverywhere: String { say("Sign out everywhere", "Ieși din cont peste tot") }

    func revokeNamed(_ name: String) -> String {
        say("Revoke the token “\(name)”", "Revocă tokenul „\(name)”")
    }
}

// MARK: - The API's page

extension AccountTexts {
    var apiTitle: String { say("The JSON API", "API-ul JSON") }
    var apiLead: String {
        say(
            "Everything the pages do can be done by a program.",
            "Tot ce fac paginile poate face și un program.")
    }
    var apiSignIn: String {
        say(
            "Create a token on your account page and send it with each request:",
            "Creează un token în pagina contului și trimite-l la fiecare cerere:")
    }
    var apiErrors: String {
        say(
            "Errors are problem documents (RFC 9457). Lists have a cursor. Send an Idempotency-Key with each write: sending it twice makes one.",
            "Erorile sunt documente „problem” (RFC 9457). Listele au cursor. Trimite un Idempotency-Key cu fiecare scriere: trimisă de două ori, contează o dată."
        )
    }
    var apiDescription: String { say("OpenAPI description", "Descrierea OpenAPI") }
    var apiRoutes: String { say("Routes", "Rute") }
    var apiPath: String { say("Path", "Calea") }
    var apiWhat: String { say("What it does", "Ce face") }
    var apiWho: String { say("Who may", "Cine poate") }
    var apiAnybody: String { say("Anybody", "Oricine") }
}
