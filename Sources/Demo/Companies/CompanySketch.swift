/// A company as it is invented: everything else of it follows from these.
struct CompanySketch: Sendable {
    let name: String
    let city: String
    let field: Field.Name
    /// What it does, in a sentence or two.
    let about: String

    init(_ name: String, _ city: String, _ field: Field.Name, _ about: String) {
        self.name = name
        self.city = city
        self.field = field
        self.about = about
    }

    /// The company of the demo account.
    static let showcase = CompanySketch(
        "Carpat Digital", "Cluj-Napoca", .software,
        """
        Carpat Digital makes the software with which towns in seven countries plan buses, water and \
        waste. Sixty people work on it in Cluj-Napoca and from home.
        """)

    /// The first forty with the showcase.
    static let all: [CompanySketch] = [showcase] + romanian + european

    private static let romanian: [CompanySketch] = [
        CompanySketch(
            "Nordlicht Systems", "Timișoara", .software,
            "Nordlicht Systems builds control software for greenhouses and cold stores."),
        CompanySketch(
            "Mureș Data Works", "Târgu Mureș", .software,
            "We turn the data of hospitals and insurers into reports that doctors can use."),
        CompanySketch(
            "Pixel și Pâine", "Iași", .software,
            "A small studio that writes shops and apps for bakeries, farms and wine makers."),
        CompanySketch(
            "Transilvan Cargo", "Sibiu", .logistics,
            "Transilvan Cargo drives part loads between Romania, Austria and Germany every night."),
        CompanySketch(
            "DunaLog", "Galați", .logistics,
            "We bring goods from the Danube ports to shops in the whole country."),
        CompanySketch(
            "Curier Vesel", "Bucharest", .logistics,
            "Curier Vesel delivers parcels in eleven towns, in electric vans and on cargo bikes."),
        CompanySketch(
            "Clinica Sfânta Ana", "Brașov", .health,
            "A private clinic with eleven specialities and a day hospital, open since 2004."),
        CompanySketch(
            "Spitalul Arcadia Vest", "Timișoara", .health,
            "A hospital with 160 beds, a maternity ward and its own school for nurses."),
        CompanySketch(
            "Farmaciile Salvia", "Craiova", .health,
            "Forty-two pharmacies in Oltenia that still mix ointments themselves."),
        CompanySketch(
            "Cămin Bunici", "Oradea", .health,
            "Homes and home care for elderly people, small enough that everybody has a name."),
        CompanySketch(
            "Leu & Partenerii", "Bucharest", .finance,
            "Accounting, payroll and tax advice for nine hundred small companies."),
        CompanySketch(
            "Banca Cooperativă Ardeal", "Cluj-Napoca", .finance,
            "A cooperative bank that belongs to its 61,000 members."),
        CompanySketch(
            "Econtera", "Iași", .finance,
            "Econtera closes the books of groups in Germany and Austria from its centre in Iași."),
        CompanySketch(
            "Magazinele Belșug", "Ploiești", .retail,
            "Fifty-eight neighbourhood shops with fresh food from farms that we know."),
        CompanySketch(
            "Librăriile Cerneală", "Bucharest", .retail,
            "Bookshops with a reading room in each, and a warehouse for 140,000 titles."),
        CompanySketch(
            "VerdeViu Garden", "Arad", .retail,
            "Garden centres and an online shop for plants that survive the first winter."),
        CompanySketch(
            "Hotel Piața Mare", "Sibiu", .hospitality,
            "Seventy-four rooms, a restaurant and a courtyard in a house from 1787."),
        CompanySketch(
            "Grup Litoral Sud", "Constanța", .hospitality,
            "Five hotels at the sea that stay open in winter, for conferences and for the air."),
        CompanySketch(
            "Cafeneaua Actorilor", "Bucharest", .hospitality,
            "Nine cafés and a roastery that buys from four families in Colombia."),
        CompanySketch(
            "Zidaria Nouă", "Bacău", .construction,
            "We build schools, halls and houses, and we restore what can be saved."),
        CompanySketch(
            "Structural Vest", "Timișoara", .construction,
            "Steel and timber structures, planned and built by one team."),
        CompanySketch(
            "Acoperiș Bun", "Suceava", .construction,
            "Roofs, insulation and heating: whole houses made warm in six weeks."),
        CompanySketch(
            "Vocea Clientului", "Iași", .customerCare,
            "Customer care in fourteen languages for shops, banks and airlines."),
        CompanySketch(
            "Multilingua Contact", "Bucharest", .customerCare,
            "We answer for companies that would like to be reached by people."),
        CompanySketch(
            "Prahova Mecanic", "Ploiești", .manufacturing,
            "Pumps and valves, turned, welded and tested in Ploiești since 1931."),
        CompanySketch(
            "Bihor Plast", "Oradea", .manufacturing,
            "Parts of recycled plastic for cars, toys and kitchens."),
        CompanySketch(
            "AutoComp Argeș", "Pitești", .manufacturing,
            "Harnesses and sensors for three of the large European car makers."),
        CompanySketch(
            "Studio Ghiocel", "Cluj-Napoca", .marketing,
            "Campaigns, films and packaging for brands that have something to say."),
        CompanySketch(
            "SoareBun Energie", "Constanța", .energy,
            "Solar parks and roofs, planned, built and looked after by us."),
        CompanySketch(
            "Vânt de Nord", "Galați", .energy,
            "We operate 92 wind turbines in Dobrogea and in Moldova."),
    ]

    private static let european: [CompanySketch] = [
        CompanySketch(
            "Havelbrück Software", "Berlin", .software,
            "Havelbrück makes accounting software for clubs, churches and foundations."),
        CompanySketch(
            "Lumen Health", "Amsterdam", .software,
            "An app and a platform that keep chronic patients out of hospital."),
        CompanySketch(
            "Alpenfracht Spedition", "Vienna", .logistics,
            "Rail and road across the Alps for fruit, furniture and machines."),
        CompanySketch(
            "Clínica del Retiro", "Madrid", .health,
            "A clinic for eyes, joints and everything that needs a steady hand."),
        CompanySketch(
            "Banque Mutuelle du Rhône", "Lyon", .finance,
            "A mutual bank that lends to workshops, farms and families."),
        CompanySketch(
            "Osteria & Hotel Fontanella", "Bologna", .hospitality,
            "Three houses in the old town where the pasta is made every morning."),
        CompanySketch(
            "Wisła Contact Centre", "Kraków", .customerCare,
            "Support for travel and e-commerce in nine languages, round the clock."),
        CompanySketch(
            "Nordsol Energi", "Copenhagen", .energy,
            "District heating, heat pumps and batteries for towns around the Baltic."),
        CompanySketch(
            "Atelier Lisboa", "Lisbon", .marketing,
            "Brands, websites and exhibitions from a former fish market by the river."),
    ]
}
