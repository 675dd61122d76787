import Domain

/// What the three demo accounts find when they sign in: told one by one, not left to chance.
enum Showcase {
    /// A job of the demo company.
    struct Job: Sendable {
        let field: Field.Name
        let role: Field.Role
        let fate: JobPlanner.Fate
        let daysAgo: Int
        let offer: TermsOffer
    }

    /// The position of the demo company and of the demo affiliate among all.
    static let company = 0
    static let affiliate = 0

    /// The jobs of the demo company; their positions are their numbers.
    static var jobs: [Job] {
        get throws {
            [
                try job(.software, "Swift Developer for Servers", 48, .open, .euros(500)),
                try job(
                    .software, "Site Reliability Engineer", 75, .open, .euros(1200), "50/50", 90),
                try job(.software, "UX Designer", 12, .open, .euros(400)),
                try job(.software, "Data Engineer", 33, .open, .euros(900)),
                try job(.customerCare, "Customer Success Manager", 21, .open, .lei(1500)),
                try job(.software, "Technical Writer", 40, .paused, .euros(300)),
                try job(.software, "QA Automation Engineer", 125, .filled, .euros(500), "100", 30),
                try job(.office, "Office Manager", 95, .closed, .lei(1000)),
                try job(
                    .software, "Product Manager for Developer Tools", 3, .draft, .euros(1000)),
            ]
        }
    }

    /// The job whose promise was raised, so that there is a second version of terms to see.
    static let raised = (job: 3, commission: Money.euros(1100))

    private static func job(
        _ field: Field.Name, _ title: String, _ daysAgo: Int, _ fate: JobPlanner.Fate,
        _ commission: Money,
        _ instalments: String = "100", _ guaranteeDays: Int = 60
    ) throws -> Job {
        guard let role = Field.named(field).roles.first(where: { $0.title == title }) else {
            throw DemoError.unusable(title)
        }
        return Job(
            field: field, role: role, fate: fate, daysAgo: daysAgo,
            offer: try TermsOffer(
                commission: commission, guaranteeDays: guaranteeDays,
                instalments: try InstalmentPlan(instalments)))
    }
}
