import Admission
import Domain
import HTTP

extension RequestClass {
    /// How long somebody waits for what a request of the class asks of the database: parts of the
    /// longest, 10 s as it comes, so 2 s for a visitor, 3 s until an application goes to the spool, 5 s
    /// for a member. Where the longest is short it holds for all.
    func span(ofLongest longest: Duration) -> Duration {
        let part =
            switch self {
            case .admin, .background: longest
            case .member: longest / 2
            case .conversion: longest * 3 / 10
            case .visitor: longest / 5
            }
        return max(part, min(longest, .seconds(1)))
    }
}

/// How much a request matters and with whom it is let in, known at the end of its head without
/// asking anybody.
struct RequestStanding {
    let requestClass: RequestClass
    let cohort: Cohort

    /// - Parameters:
    ///   - head: can only say that the request matters less.
    ///   - session: of a cookie whose signature was checked.
    init(
        _ declared: OverloadClass, _ head: RequestHead? = nil, session: Session?,
        token: RequestClass?, _ address: PeerAddress,
        _ cohorts: CohortHash, at now: Instant
    ) {
        let isModest = declared == .visitor && head.map(Self.isModest) == true
        requestClass = Self.raised(
            isModest ? .background : declared, session?.principal.role, token)
        let identity: (UInt64, UInt64) =
            if let session {
                (UInt64(bitPattern: session.id.rawValue), 1)
            } else {
                Self.identity(of: address)
            }
        cohort = cohorts.cohort(of: identity, secondsSinceEpoch: now.secondsSinceEpoch)
    }

    /// What the cohort of somebody is made of who is known by address only.
    static func identity(of address: PeerAddress) -> (UInt64, UInt64) {
        switch address.prefix {
        case .v4(let address): (UInt64(address), 4)
        case .v6(let high, _): (high, 6)
        case .unix: (0, 0)
        }
    }

    /// What is for everybody, as a page in memory that has to be made: it is let in first.
    static let everybody = RequestStanding(requestClass: .visitor, cohort: Cohort(0))

    /// Whether a request says of itself that nobody waits for it: a crawler's, or a page that a
    /// browser fetches before anybody has asked for it.
    static func isModest(_ head: RequestHead) -> Bool {
        for name in ["Sec-Purpose", "Purpose"] as [FieldName] {
            if head.fields[name]?.contains("prefetch") == true { return true }
        }
        guard let agent = head.fields["User-Agent"]?.lowercased() else { return false }
        return ["bot", "crawl", "spider"].contains { agent.contains($0) }
    }

    private init(requestClass: RequestClass, cohort: Cohort) {
        self.requestClass = requestClass
        self.cohort = cohort
    }

    /// Whoever is signed in matters more than the route alone says; nobody matters less.
    private static func raised(
        _ declared: OverloadClass, _ role: Role?, _ token: RequestClass?
    ) -> RequestClass {
        let own: RequestClass =
            switch declared {
            case .admin: .admin
            case .member: .member
            case .conversion: .conversion
            case .visitor: .visitor
            case .background, .status: .background
            }
        let person: RequestClass? =
            switch role {
            case .admin: .admin
            case .company, .affiliate: .member
            case nil: token
            }
        guard let person else { return own }
        return person.rawValue < own.rawValue ? person : own
    }
}

/// Personal tokens that the database has confirmed lately: a program that sends one of them is known
/// at the end of the head, and a token that somebody made up raises nothing.
struct KnownTokens {
    private var classes: [[UInt8]: RequestClass] = [:]

    private static let countMax = 4_096

    subscript(hash: [UInt8]) -> RequestClass? { classes[hash] }

    mutating func add(_ hash: [UInt8], _ role: Role) {
        if classes.count >= Self.countMax { classes = [:] }
        classes[hash] = role == .admin ? .admin : .member
    }

    /// A token that was revoked raises nothing any more.
    mutating func remove(_ hash: [UInt8]) { classes[hash] = nil }
}
