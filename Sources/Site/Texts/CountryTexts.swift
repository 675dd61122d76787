import Domain

extension ValueTexts {
    /// The name of a country; its code for one that is not in the domain's list.
    func country(_ country: CountryCode) -> String {
        switch country.text {
        case "AT": say("Austria", "Austria")
        case "BE": say("Belgium", "Belgia")
        case "BG": say("Bulgaria", "Bulgaria")
        case "CH": say("Switzerland", "Elveția")
        case "CY": say("Cyprus", "Cipru")
        case "CZ": say("Czechia", "Cehia")
        case "DE": say("Germany", "Germania")
        case "DK": say("Denmark", "Danemarca")
        case "EE": say("Estonia", "Estonia")
        case "ES": say("Spain", "Spania")
        case "FI": say("Finland", "Finlanda")
        case "FR": say("France", "Franța")
        case "GB": say("United Kingdom", "Regatul Unit")
        case "GR": say("Greece", "Grecia")
        case "HR": say("Croatia", "Croația")
        case "HU": say("Hungary", "Ungaria")
        case "IE": say("Ireland", "Irlanda")
        case "IS": say("Iceland", "Islanda")
        case "IT": say("Italy", "Italia")
        case "LI": say("Liechtenstein", "Liechtenstein")
        case "LT": say("Lithuania", "Lituania")
        case "LU": say("Luxembourg", "Luxemburg")
        case "LV": say("Latvia", "Letonia")
        case "MD": say("Moldova", "Republica Moldova")
        case "MT": say("Malta", "Malta")
        case "NL": say("Netherlands", "Țările de Jos")
        case "NO": say("Norway", "Norvegia")
        case "PL": say("Poland", "Polonia")
        case "PT": say("Portugal", "Portugalia")
        case "RO": say("Romania", "România")
        case "SE": say("Sweden", "Suedia")
        case "SI": say("Slovenia", "Slovenia")
        case "SK": say("Slovakia", "Slovacia")
        default: voice.choose({ country.text }, { country.text })
        }
    }

    /// All countries in the order of their names in this language.
    var countries: [(code: CountryCode, name: String)] {
        CountryCode.known.map { ($0, country($0)) }
            .sorted { SearchText.folded($0.1) < SearchText.folded($1.1) }
    }
}
