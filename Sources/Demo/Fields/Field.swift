/// A field of work: its roles, and the sentences that ads in it are made of.
struct Field: Sendable {
    let name: Name
    let roles: [Role]
    /// What people do, as items of a list.
    let tasks: [String]
    let requirements: [String]
    /// What is welcome beyond the requirements.
    let extras: [String]
    /// About the team and the place, as sentences of a paragraph.
    let team: [String]
    /// The same lists in Romanian; nil for a field that advertises in English only.
    let romanian: Romanian?

    /// One case for each file in this folder.
    enum Name: Int, CaseIterable, Sendable {
        case software, logistics, health, finance, retail, hospitality, construction, customerCare
        case manufacturing, marketing, energy, office
    }

    struct Romanian: Sendable {
        let tasks: [String]
        let requirements: [String]
    }

    /// A job that the field offers.
    struct Role: Sendable {
        let title: String
        /// Nil for a title that is used as it is in Romanian too.
        let romanianTitle: String?
        /// Whole euros before tax for a month in Romania.
        let pay: ClosedRange<Int>
        let remote: RemoteHabit

        init(
            _ title: String, ro romanianTitle: String? = nil, _ pay: ClosedRange<Int>,
            _ remote: RemoteHabit = .never
        ) {
            self.title = title
            self.romanianTitle = romanianTitle
            self.pay = pay
            self.remote = remote
        }
    }

    /// How often work of a role is done from elsewhere.
    enum RemoteHabit: Sendable {
        case never, sometimes, often
    }

    static let all: [Name: Field] = Dictionary(
        uniqueKeysWithValues: [
            software, logistics, health, finance, retail, hospitality, construction, customerCare,
            manufacturing, marketing, energy, office,
        ].map { ($0.name, $0) })

    static func named(_ name: Name) -> Field { all[name] ?? office }
}

/// The lines of a literal, each an item of its own.
func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
}
