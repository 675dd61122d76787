import Domain

/// Makes people: names of the country, addresses that reach nobody, telephone numbers.
enum PersonMaker {
    struct Person: Sendable {
        let name: String
        /// The letters before the `@` of an address.
        let mailbox: String
    }

    static func person(in place: Place, _ random: inout DemoRandom) -> Person {
        let names = place.isRomanian || random.chance(45) ? Names.romanian : Names.european
        let given = random.pick(names.given)
        let family = random.pick(names.family)
        let mailbox = ascii(given).lowercased() + "." + ascii(family).lowercased()
        return Person(
            name: given + " " + family,
            mailbox: mailbox.filter { $0.isLetter || $0.isNumber || $0 == "." })
    }

    /// An address of the person that nobody else has: `number` is theirs alone.
    ///
    /// The top-level name `example` reaches nobody (RFC 2606).
    static func email(
        of person: Person, number: Int, _ random: inout DemoRandom
    ) throws -> EmailAddress {
        try EmailAddress("\(person.mailbox)\(number)@\(random.pick(mailHosts)).example")
    }

    /// A number that nobody else has: multiplying by a number prime to ten maps 0..<10^8 onto
    /// itself.
    static func phone(number: Int, in place: Place) throws -> PhoneNumber {
        let digits = String(100_000_000 + number % 100_000_000 * 36_279_413 % 100_000_000)
        let local = digits.dropFirst()
        return try PhoneNumber("+\(place.dialling) 7\(local.prefix(2)) \(local.dropFirst(2))")
    }

    /// Latin letters without their marks, for mailboxes and for the PDF's own fonts.
    static func ascii(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.unicodeScalars.append(scalar)
                continue
            }
            let plain = SearchText.folded(String(scalar))
            guard plain.unicodeScalars.allSatisfy(\.isASCII) else { continue }
            result += scalar.properties.isUppercase ? plain.uppercased() : plain
        }
        return result
    }

    private static let mailHosts = ["mail", "posta", "inbox", "webmail", "scrisori", "letters"]
}

/// Given and family names as they are met in the countries of the demo data.
private struct Names {
    let given: [String]
    let family: [String]

    init(given: String, family: String) {
        self.given = given.split(whereSeparator: \.isWhitespace).map(String.init)
        self.family = family.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    static let romanian = Names(
        given: """
            Andrei Maria Alexandru Elena Mihai Ioana Cristian Andreea Ștefan Ana Gabriel Raluca
            Bogdan Roxana Vlad Diana Radu Alina Florin Cristina Adrian Simona Ionuț Laura Cătălin
            Oana Sorin Mihaela Lucian Georgiana Marius Daniela Răzvan Corina Dragoș Anca Tudor
            Irina Cosmin Monica Paul Larisa Valentin Adina Robert Bianca Octavian Teodora Sebastian
            Denisa Emil Camelia Horia Ileana Zsolt Ágnes Csaba Emese Rareș Iulia Nicolae Carmen
            """,
        family: """
            Popescu Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin
            Marin Lazăr Florea Dobre Nistor Munteanu Moldovan Dinu Sandu Preda Oprea Tudor Neagu
            Barbu Vasilescu Ungureanu Georgescu Cojocaru Voicu Ene Crăciun Albu Mureșan Toma Suciu
            Bucur Pavel Dragomir Avram Manea Șerban Filip Grigore Chiriac Luca Bălan Cristea Nagy
            Szabó Kovács Zamfir Ursu Petrescu Iordache Diaconu Mocanu Rotaru Enache Apostol Simion
            Pop Bogdan Lupu Coman Anghel Mihalache Olteanu Tănase Iacob Vlad Bratu Sava Costea
            """)

    static let european = Names(
        given: """
            Anna Lukas Sophie Jonas Clara Felix Emma Paul Lea Maximilian Julia Pierre Camille
            Antoine Chloé Luca Giulia Marco Francesca Alessandro Javier Lucía Carlos Marta Pablo
            João Inês Tiago Piotr Agnieszka Tomasz Katarzyna Jan Tereza Petr Eva Daan Sanne Bram
            Lotte Erik Astrid Lars Freja Nikos Eleni Georgi Desislava Luka Petra Liam Aoife
            """,
        family: """
            Müller Schmidt Weber Fischer Becker Hoffmann Gruber Huber Steiner Martin Bernard Dubois
            Moreau Laurent Rossi Ferrari Russo Romano Greco García Fernández López Moreno Ruiz Silva
            Ferreira Costa Nowak Kowalski Wiśniewska Zieliński Novák Svoboda Dvořák Jansen DeVries
            Bakker Visser Andersson Lindqvist Nielsen Hansen Papadakis Georgiou Ivanov Dimitrova
            Horvat Kovačić Murphy Byrne Virtanen Tamm Kask Petrauskas
            """)
}
