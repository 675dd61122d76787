/// What programs are told of requests that do not fit the API's description.
package struct APITexts: TextGroup {
    let voice: Voice
}

extension APITexts {
    var missing: String { say("This has to be there.", "Acest element lipsește.") }
    var unknown: String {
        say("Nothing of this name is known here.", "Nu există nimic cu acest nume.")
    }

    /// What kind of value is wanted.
    func wrongKind(_ wanted: JSONKind) -> String {
        switch wanted {
        case .text: say("Send a text.", "Trimite un text.")
        case .integer: say("Send a whole number.", "Trimite un număr întreg.")
        case .boolean: say("Send true or false.", "Trimite true sau false.")
        case .list: say("Send a list.", "Trimite o listă.")
        case .object: say("Send an object.", "Trimite un obiect.")
        }
    }

    /// What is to be done about a refusal that has no words of the product's own.
    func advice(_ code: String) -> String? {
        switch code {
        case "token_wanted":
            say(
                "Send a personal token of yours as “Authorization: Bearer”.",
                "Trimite un token personal al tău în câmpul „Authorization: Bearer”.")
        case "second_factor_wanted":
            say(
                "Sign in and set up a second factor: an admin's token works only with one.",
                "Autentifică-te și configurează al doilea factor: tokenul unui administrator funcționează doar cu el."
            )
        case "json_wanted":
            say(
                "Send the content as application/json.",
                "Trimite conținutul ca application/json.")
        case "malformed_json":
            say(
                "The content is not one JSON value in UTF-8, or has a name twice, or is too deep.",
                "Conținutul nu este o valoare JSON în UTF-8, repetă un nume sau este prea adânc."
            )
        case "idempotency_key_wanted":
            say(
                "Send an Idempotency-Key of your own making: 8 to 128 visible letters.",
                "Trimite un Idempotency-Key ales de tine: de la 8 la 128 de caractere vizibile.")
        case "content_too_large":
            say("The content is too long.", "Conținutul este prea lung.")
        case "outcome_unknown":
            say(
                "The answer of the database was lost: it is done, or not at all. The same request with the same Idempotency-Key does it once.",
                "Răspunsul bazei de date s-a pierdut: s-a făcut în întregime sau deloc. Aceeași cerere cu același Idempotency-Key o face o singură dată."
            )
        case "not_found", "method_not_allowed":
            say(
                "Nothing of the API is at this address for this method; see /api/openapi.json.",
                "Nimic din API nu se află la această adresă pentru această metodă; vezi /api/openapi.json."
            )
        default: nil
        }
    }
}
