import Domain

/// A town that people work in.
struct Place: Hashable, Sendable {
    let city: String
    let country: String
    /// Hundredths of the pay in Romania.
    let payLevel: Int
    /// The dialling code of the country, without its plus.
    let dialling: String

    init(_ city: String, _ country: String, pay payLevel: Int, dialling: String) {
        self.city = city
        self.country = country
        self.payLevel = payLevel
        self.dialling = dialling
    }

    var isRomanian: Bool { country == "RO" }

    /// With how often they are chosen.
    static let romanian: [(Int, Place)] = [
        (30, Place("Bucharest", pay: 115)), (20, Place("Cluj-Napoca", pay: 112)),
        (12, Place("Timișoara", pay: 105)), (11, Place("Iași", pay: 100)),
        (9, Place("Brașov", pay: 98)), (7, Place("Sibiu", pay: 98)), (5, Place("Oradea", pay: 94)),
        (5, Place("Constanța", pay: 94)), (4, Place("Craiova", pay: 90)),
        (3, Place("Ploiești", pay: 92)), (3, Place("Arad", pay: 92)),
        (2, Place("Târgu Mureș", pay: 90)), (2, Place("Bacău", pay: 86)),
        (2, Place("Galați", pay: 86)), (2, Place("Pitești", pay: 92)),
        (2, Place("Alba Iulia", pay: 90)), (1, Place("Suceava", pay: 84)),
        (1, Place("Baia Mare", pay: 86)),
    ]

    static let european: [(Int, Place)] = [
        (9, Place("Berlin", "DE", pay: 190, dialling: "49")),
        (6, Place("Munich", "DE", pay: 215, dialling: "49")),
        (4, Place("Hamburg", "DE", pay: 195, dialling: "49")),
        (3, Place("Leipzig", "DE", pay: 170, dialling: "49")),
        (7, Place("Vienna", "AT", pay: 190, dialling: "43")),
        (3, Place("Graz", "AT", pay: 178, dialling: "43")),
        (6, Place("Amsterdam", "NL", pay: 205, dialling: "31")),
        (3, Place("Utrecht", "NL", pay: 192, dialling: "31")),
        (5, Place("Paris", "FR", pay: 195, dialling: "33")),
        (3, Place("Lyon", "FR", pay: 175, dialling: "33")),
        (5, Place("Madrid", "ES", pay: 145, dialling: "34")),
        (5, Place("Barcelona", "ES", pay: 148, dialling: "34")),
        (4, Place("Lisbon", "PT", pay: 128, dialling: "351")),
        (2, Place("Porto", "PT", pay: 118, dialling: "351")),
        (5, Place("Milan", "IT", pay: 160, dialling: "39")),
        (3, Place("Bologna", "IT", pay: 150, dialling: "39")),
        (5, Place("Warsaw", "PL", pay: 125, dialling: "48")),
        (4, Place("Kraków", "PL", pay: 118, dialling: "48")),
        (4, Place("Prague", "CZ", pay: 128, dialling: "420")),
        (2, Place("Brno", "CZ", pay: 115, dialling: "420")),
        (5, Place("Budapest", "HU", pay: 108, dialling: "36")),
        (4, Place("Sofia", "BG", pay: 100, dialling: "359")),
        (3, Place("Athens", "GR", pay: 112, dialling: "30")),
        (3, Place("Dublin", "IE", pay: 215, dialling: "353")),
        (3, Place("Copenhagen", "DK", pay: 225, dialling: "45")),
        (3, Place("Stockholm", "SE", pay: 195, dialling: "46")),
        (2, Place("Helsinki", "FI", pay: 188, dialling: "358")),
        (2, Place("Tallinn", "EE", pay: 130, dialling: "372")),
        (2, Place("Vilnius", "LT", pay: 125, dialling: "370")),
        (3, Place("Brussels", "BE", pay: 195, dialling: "32")),
        (2, Place("Ljubljana", "SI", pay: 132, dialling: "386")),
        (2, Place("Zagreb", "HR", pay: 112, dialling: "385")),
        (2, Place("Bratislava", "SK", pay: 115, dialling: "421")),
        (2, Place("Luxembourg", "LU", pay: 240, dialling: "352")),
        (2, Place("Chișinău", "MD", pay: 70, dialling: "373")),
    ]

    private init(_ city: String, pay payLevel: Int) {
        self.init(city, "RO", pay: payLevel, dialling: "40")
    }

    /// The place of a company's seat, by its town.
    static func named(_ city: String) -> Place {
        (romanian + european).first { $0.1.city == city }?.1 ?? romanian[0].1
    }
}
