import Domain

extension ValueTexts {
    /// The name of a country; its code for one that is not in the domain's list.
    func country(_ country: CountryCode) -> String {
        var letters = country.text.utf8.makeIterator()
        guard let place = Self.place(letters.next(), letters.next()),
            let name = Self.namesByPlace[place]
        else { return country.text }
        return say(name.english, name.romanian)
    }

    private typealias CountryName = (english: String, romanian: String)

    /// The names at the number that their two letters make: a list names a country in each row, and
    /// a dictionary or a switch over texts costs as much as the rest of the row's facts.
    private static let namesByPlace: [CountryName?] = {
        var names = [CountryName?](repeating: nil, count: 26 * 26)
        for (code, name) in countryNames {
            var letters = code.utf8.makeIterator()
            if let place = place(letters.next(), letters.next()) { names[place] = name }
        }
        return names
    }()

    private static func place(_ first: UInt8?, _ second: UInt8?) -> Int? {
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard let first, let second, letters.contains(first), letters.contains(second) else {
            return nil
        }
        return Int(first - letters.lowerBound) * 26 + Int(second - letters.lowerBound)
    }

    private static let countryNames: [String: CountryName] = [
        "AT": ("Austria", "Austria"),
        "BE": ("Belgium", "Belgia"),
        "BG": ("Bulgaria", "Bulgaria"),
        "CH": ("Switzerland", "Elveția"),
        "CY": ("Cyprus", "Cipru"),
        "CZ": ("Czechia", "Cehia"),
        "DE": ("Germany", "Germania"),
        "DK": ("Denmark", "Danemarca"),
        "EE": ("Estonia", "Estonia"),
        "ES": ("Spain", "Spania"),
        "FI": ("Finland", "Finlanda"),
        "FR": ("France", "Franța"),
        "GB": ("United Kingdom", "Regatul Unit"),
        "GR": ("Greece", "Grecia"),
        "HR": ("Croatia", "Croația"),
        "HU": ("Hungary", "Ungaria"),
        "IE": ("Ireland", "Irlanda"),
        "IS": ("Iceland", "Islanda"),
        "IT": ("Italy", "Italia"),
        "LI": ("Liechtenstein", "Liechtenstein"),
        "LT": ("Lithuania", "Lituania"),
        "LU": ("Luxembourg", "Luxemburg"),
        "LV": ("Latvia", "Letonia"),
        "MD": ("Moldova", "Republica Moldova"),
        "MT": ("Malta", "Malta"),
        "NL": ("Netherlands", "Țările de Jos"),
        "NO": ("Norway", "Norvegia"),
        "PL": ("Poland", "Polonia"),
        "PT": ("Portugal", "Portugalia"),
        "RO": ("Romania", "România"),
        "SE": ("Sweden", "Suedia"),
        "SI": ("Slovenia", "Slovenia"),
        "SK": ("Slovakia", "Slovacia"),
    ]

    /// All countries in the order of their names in this language.
    var countries: [(code: CountryCode, name: String)] {
        if voice.isMarked { return Self.sorted(voice) }
        return voice.language == .romanian ? Self.romanianCountries : Self.englishCountries
    }

    // Sorted once: folding names costs more than the rest of a page.
    private static let englishCountries = sorted(Voice(language: .english, isMarked: false))
    private static let romanianCountries = sorted(Voice(language: .romanian, isMarked: false))

    private static func sorted(_ voice: Voice) -> [(code: CountryCode, name: String)] {
        CountryCode.known.map { ($0, ValueTexts(voice: voice).country($0)) }
            .sorted { SearchText.folded($0.1) < SearchText.folded($1.1) }
    }
}
