import Domain

/// Labels of fields and what is said of values that cannot be used.
package struct FormTexts: TextGroup {
    let voice: Voice
}

extension FormTexts {
    var problems: String { say("Please check the form", "Verifică formularul") }
    var choose: String { say("Please choose", "Alege") }
    var errorPrefix: String { say("Error:", "Eroare:") }

    /// The name of a field, as its label says it.
    func label(_ field: ValidationError.Field) -> String {
        switch field {
        case .name: say("Your name", "Numele tău")
        case .companyName: say("Company name", "Numele companiei")
        case .email: say("E-mail", "E-mail")
        case .password: say("Password", "Parola")
        case .newPassword: say("New password", "Parola nouă")
        case .currentPassword: say("Present password", "Parola actuală")
        case .candidateName: say("Name of the person", "Numele persoanei")
        case .factorCode: say("Code", "Codul")
        case .currentCode: say("Present code", "Codul actual")
        case .recoveryCode: say("Recovery code", "Cod de recuperare")
        case .passwordAgain: say("Password again", "Parola încă o dată")
        case .phone: say("Phone", "Telefon")
        case .about: say("About", "Despre")
        case .website: say("Website", "Site web")
        case .channel: say("Channel", "Canal")
        case .code: say("Code", "Cod")
        case .slug: say("Address", "Adresă")
        case .cv: say("CV", "CV")
        case .message: say("Message to the company", "Mesaj către companie")
        case .consent: say("Consent", "Acord")
        case .stage: say("Stage", "Etapa")
        case .reason: say("Reason", "Motiv")
        case .note: say("Note", "Notă")
        case .startsOn: say("First day of work", "Prima zi de lucru")
        case .tokenName: say("Name of the token", "Numele tokenului")
        case .language: say("Language", "Limba")
        case .search: say("Search", "Caută")
        case .cursor: say("Page", "Pagina")
        case .limit: say("Number of rows", "Număr de rânduri")
        case .idempotencyKey: say("Idempotency key", "Cheie de idempotență")
        default: jobLabel(field)
        }
    }

    private func jobLabel(_ field: ValidationError.Field) -> String {
        switch field {
        case .title: say("Job title", "Titlul jobului")
        case .description: say("Description", "Descriere")
        case .employmentType: say("Employment", "Tipul angajării")
        case .country: say("Country", "Țara")
        case .city: say("City", "Orașul")
        case .remote: say("Place of work", "Locul muncii")
        case .salary: say("Salary", "Salariu")
        case .salaryMin: say("Salary from", "Salariu de la")
        case .salaryMax: say("Salary to", "Salariu până la")
        case .salaryCurrency: say("Currency", "Moneda")
        case .salaryPeriod: say("Paid", "Plătit")
        case .validThrough: say("Last day to apply", "Ultima zi pentru aplicații")
        case .commission: say("Commission for a hire", "Comision pentru o angajare")
        case .commissionCurrency: say("Currency", "Moneda")
        case .guaranteeDays: say("Guarantee in days", "Garanție în zile")
        case .instalments: say("Instalments", "Tranșe")
        default: moneyLabel(field)
        }
    }
}

extension FormTexts {
    private func moneyLabel(_ field: ValidationError.Field) -> String {
        switch field {
        case .leftOn: say("Last day of work", "Ultima zi de lucru")
        case .amount: say("Amount", "Suma")
        case .borneBy: say("Who pays for it", "Cine plătește")
        case .text: say("What you have to say", "Ce ai de spus")
        case .evidence: say("File", "Fișier")
        case .outcome: say("Outcome", "Rezultat")
        case .holder: say("Account holder", "Titularul contului")
        case .iban: say("IBAN", "IBAN-ul")
        case .taxID: say("Tax number", "Cod fiscal")
        case .billingName: say("Name on invoices", "Numele de pe facturi")
        case .billingAddress: say("Address on invoices", "Adresa de pe facturi")
        case .billingCountry: say("Country on invoices", "Țara de pe facturi")
        case .billingTaxID: say("Tax or VAT number", "Cod fiscal sau de TVA")
        case .mode: say("Control", "Control")
        case .cutOff: say("Approved until", "Aprobate până la")
        case .failure: say("Why the bank did not pay", "De ce nu a plătit banca")
        case .receivedOn: say("Received on", "Încasat la")
        case .bankReference: say("Reference of the bank", "Referința băncii")
        case .month: say("Month", "Luna")
        default: field.rawValue
        }
    }
}

// MARK: - What is wrong with a value

extension FormTexts {
    /// The sentence that stands beside the field.
    func problem(_ error: ValidationError) -> String {
        switch error.reason {
        case .wrongFileType where error.field == .evidence:
            say("Send a PDF, PNG or JPEG file.", "Trimite un fișier PDF, PNG sau JPEG.")
        case .missing: missing(error.field)
        case .malformed: malformed(error.field)
        case .tooShort(let min):
            say("Use at least \(characters(min)).", "Folosește cel puțin \(characters(min)).")
        case .tooLong(let max):
            say("Use at most \(characters(max)).", "Folosește cel mult \(characters(max)).")
        case .tooLarge(let bytesMax):
            say(
                "The file is larger than \(megabytes(bytesMax)).",
                "Fișierul depășește \(megabytes(bytesMax)).")
        case .outOfRange(let min, let max):
            say(
                "Use a number from \(number(min)) to \(number(max)).",
                "Folosește un număr de la \(number(min)) la \(number(max)).")
        case .notPositive: say("Use an amount above zero.", "Folosește o sumă mai mare ca zero.")
        case .tooManyDecimals(let max):
            say(
                "Use at most \(number(max)) decimals.",
                "Folosește cel mult \(number(max)) zecimale.")
        default: disagreement(error.reason)
        }
    }

    private func disagreement(_ reason: ValidationError.Reason) -> String {
        switch reason {
        case .minAboveMax:
            say(
                "The upper end must not be below the lower one.",
                "Limita de sus nu poate fi sub cea de jos.")
        case .currencyMismatch: say("Use one currency for both.", "Folosește aceeași monedă.")
        case .inThePast: say("This day is too early.", "Această zi este prea devreme.")
        case .tooFarAhead(let days):
            say(
                "Choose a day within \(ValueTexts(voice: voice).days(days)) from today.",
                "Alege o zi din următoarele \(ValueTexts(voice: voice).days(days)).")
        case .notAccepted:
            say("We need your consent to go on.", "Avem nevoie de acordul tău pentru a continua.")
        case .doesNotMatch:
            say("The two passwords differ.", "Cele două parole diferă.")
        case .unsupported: say("Choose one from the list.", "Alege o variantă din listă.")
        case .tooCommon:
            say(
                "This password is easy to guess. Use a longer one of your own.",
                "Această parolă este ușor de ghicit. Folosește una mai lungă, a ta.")
        case .containsPersonalData:
            say(
                "Leave your name and e-mail out of the password.",
                "Nu folosi numele sau e-mailul tău în parolă.")
        case .sharesNotHundred:
            say("The instalments must add up to 100.", "Tranșele trebuie să însumeze 100.")
        case .inTheFuture:
            say("This day has not come yet.", "Această zi nu a venit încă.")
        case .wrongCode:
            say(
                "This code is wrong, too old, or was used already.",
                "Acest cod este greșit, prea vechi sau a fost deja folosit.")
        case .wrongPassword: say("The password is wrong.", "Parola este greșită.")
        case .wrongCheckDigits:
            say(
                "A digit or letter is mistyped: the check digits do not fit.",
                "O cifră sau o literă este greșită: cifrele de control nu se potrivesc.")
        case .wrongFileType: say("Send the CV as a PDF file.", "Trimite CV-ul ca fișier PDF.")
        default: say("This value cannot be used.", "Această valoare nu poate fi folosită.")
        }
    }

    private func missing(_ field: ValidationError.Field) -> String {
        switch field {
        case .employmentType, .country, .remote, .stage, .reason, .salaryPeriod:
            say("Please choose one.", "Alege o variantă.")
        case .cv: say("Add your CV as a PDF file.", "Adaugă CV-ul ca fișier PDF.")
        case .salary:
            say(
                "A job needs a salary to be published.",
                "Un job are nevoie de salariu pentru a fi publicat.")
        default: say("Please fill this in.", "Completează acest câmp.")
        }
    }

    private func malformed(_ field: ValidationError.Field) -> String {
        switch field {
        case .email:
            say("Write an address like name@example.com.", "Scrie o adresă ca nume@exemplu.ro.")
        case .phone:
            say("Write a number like +40 721 234 567.", "Scrie un număr ca +40 721 234 567.")
        case .website:
            say("Write an address like www.example.com.", "Scrie o adresă ca www.exemplu.ro.")
        case .validThrough, .startsOn, .leftOn, .cutOff, .receivedOn:
            say("Write a day like 2026-11-30.", "Scrie o zi ca 2026-11-30.")
        case .commission, .salaryMin, .salaryMax, .amount:
            say("Write an amount like 1500 or 1500.50.", "Scrie o sumă ca 1500 sau 1500,50.")
        case .guaranteeDays: say("Write a whole number of days.", "Scrie un număr întreg de zile.")
        case .instalments: say("Write shares like 50/50.", "Scrie tranșele ca 50/50.")
        case .channel:
            say(
                "Use letters, digits, spaces, dots, dashes and underscores.",
                "Folosește litere, cifre, spații, puncte, cratime și liniuțe de subliniere.")
        default: say("This cannot be used as it is.", "Nu poate fi folosit în această formă.")
        }
    }

    private func characters(_ number: Int) -> String {
        count(number, ("character", "characters"), ("caracter", "caractere", "de caractere"))
    }

    private func megabytes(_ bytes: Int) -> String { "\(bytes / 1_048_576) MB" }

    private func number(_ number: Int) -> String { NumberFormat(voice.language).integer(number) }
}
