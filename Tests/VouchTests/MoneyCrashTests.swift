import Foundation
import Postgres
import TestSupport
import Testing

/// Whatever admins do about money, by programs, while program, PostgreSQL and mail server are killed:
/// the books balance, what was paid stays, a past month says the same, and an answer that was given
/// is given again.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MoneyCrashTests {
    private static let admins = 4
    private static let actsPerAdmin = 30
    private static let token = "vouch_" + String(repeating: "m", count: 43)
    private static let affiliateToken = "vouch_" + String(repeating: "a", count: 43)

    @Test(arguments: [7] as [UInt64])
    func `no act about money is lost, doubled or halved by kills`(seed: UInt64) async throws {
        let folder = try makeFolder("vouch money crashes")
        defer { try? FileManager.default.removeItem(at: folder) }
        let loaded = try await RunningVouch.command(["demo", "--jobs", "200"], data: folder)
        try #require(loaded.status == 0, "\(loaded.output)")
        let scene = try await CrashScene(folder: folder, post: try PostOffice())
        let hires = try await scene.reportHires(24, token: Self.token)
        try await scene.giveAffiliateToken(Self.affiliateToken)
        let desk = MoneyDesk(scene: scene, token: Self.token)
        let paid = try await scene.paidRows()
        let statement = try await desk.statement(by: Self.affiliateToken)
        #expect(statement.contains(","))

        let given = try await withThrowingTaskGroup(of: [MoneyDesk.Given].self) { group in
            for number in 0..<Self.admins {
                group.addTask {
                    var actor = MoneyActor(
                        desk: desk, hires: hires, name: "admin-\(number)",
                        generator: SeededNumbers(seed: seed &* 31 &+ UInt64(number)))
                    for _ in 0..<Self.actsPerAdmin { try await actor.act() }
                    return actor.given
                }
            }
            group.addTask {
                try await scene.killAll(rounds: 6)
                return []
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }

        // A run in which nothing came to pass would prove nothing.
        #expect(Set(given.map(\.kind)).count >= 4)
        for answer in given.suffix(40) {
            let again = try await desk.send(answer.path, answer.body, key: answer.key)
            #expect(again.status == answer.status, "\(answer.path)")
            #expect(again.text == answer.text, "\(answer.path)")
        }
        try await scene.deliverEverything()
        try await check(scene, hires, paid: paid)
        #expect(try await desk.statement(by: Self.affiliateToken) == statement)
        scene.end()
        let books = try await RunningVouch.command(["books"], data: folder)
        #expect(books.status == 0, "\(books.output)")
    }

    private func check(
        _ scene: CrashScene, _ hires: [Int64], paid: Set<String>
    ) async throws {
        let counts: [(SQL, String)] = [
            (
                """
                SELECT count(*) FROM hire h
                WHERE h.id = ANY (\(hires)) AND EXISTS (
                    SELECT FROM commission c WHERE c.hire_id = h.id) AND 1 <> (
                    SELECT count(*) FROM outbox o WHERE o.topic = 'commission.won'
                        AND (o.payload ->> 'hire')::bigint = h.id)
                """, "a win is told once"
            ),
            (
                """
                SELECT count(*) FROM commission m WHERE (
                    SELECT count(*) FROM payout_item i JOIN payout p ON p.id = i.payout_id
                    WHERE i.commission_id = m.id AND p.state <> 'failed')
                    <> CASE WHEN m.state IN ('processing', 'paid') THEN 1 ELSE 0 END
                """, "a commission is paid by one payout"
            ),
            ("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL", "every mail arrived"),
        ]
        for (statement, name) in counts {
            #expect(try await scene.number(statement) == 0, "\(name)")
        }
        let after = try await scene.paidRows()
        #expect(paid.isSubset(of: after), "what was paid stays as it was")
        #expect(!paid.isEmpty)
    }
}

/// The API of the admin's desk, asked until it answers.
private struct MoneyDesk: Sendable {
    let scene: CrashScene
    let token: String

    /// An answer that was given, and how to ask for it again.
    struct Given: Sendable {
        let kind: String
        let path: String
        let body: String
        let key: String
        let status: Int
        let text: String
    }

    func get(_ path: String, token: String? = nil) async throws -> PlainHTTP.Answer {
        try await ask("GET", path, nil, ["Authorization": "Bearer \(token ?? self.token)"])
    }

    func send(_ path: String, _ body: String, key: String) async throws -> PlainHTTP.Answer {
        try await ask(
            "POST", path, body,
            [
                "Content-Type": "application/json", "Authorization": "Bearer \(token)",
                "Idempotency-Key": key,
            ])
    }

    /// Asks until there is an answer other than that the database is away: the same key each time.
    private func ask(
        _ method: String, _ path: String, _ body: String?, _ fields: [String: String]
    ) async throws -> PlainHTTP.Answer {
        var answer: PlainHTTP.Answer?
        try await waitUntil("\(method) \(path) is answered") {
            guard let url = URL(string: scene.address.absoluteString + "/api/v1/" + path),
                let got = try? await PlainHTTP.request(
                    method, url, fields: fields, body: body.map { Data($0.utf8) }),
                got.status != 503
            else { return false }
            guard got.status < 500 else {
                throw Missing(description: "\(method) \(path): \(got.status) \(got.text)")
            }
            answer = got
            return true
        }
        return try require(answer, "an answer")
    }

    func json(_ path: String) async throws -> [String: Any] {
        let answer = try await get(path)
        return try JSONSerialization.jsonObject(with: answer.body) as? [String: Any] ?? [:]
    }

    func statement(by token: String) async throws -> String {
        let month = Date(timeIntervalSinceNow: -40 * 86_400).formatted(
            .iso8601.year().month().dateSeparator(.dash))
        let answer = try await get("affiliate/statements/\(month)/csv", token: token)
        #expect(answer.status == 200, "\(month): \(answer.text)")
        return answer.text
    }
}

/// An admin who does this and that.
private struct MoneyActor {
    let desk: MoneyDesk
    let hires: [Int64]
    let name: String
    var generator: SeededNumbers
    private(set) var given: [MoneyDesk.Given] = []
    private var count = 0

    init(desk: MoneyDesk, hires: [Int64], name: String, generator: SeededNumbers) {
        self.desk = desk
        self.hires = hires
        self.name = name
        self.generator = generator
    }

    mutating func act() async throws {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<3: try await send("record", "admin/hires/\(anyHire())/record", "{}")
        case 3..<5: try await decideHire()
        case 5..<7: try await decideCommissions()
        case 7: try await grant()
        default: try await pay()
        }
    }

    private mutating func anyHire() -> Int64 { hires.randomElement(using: &generator) ?? 0 }

    @discardableResult
    private mutating func send(
        _ kind: String, _ path: String, _ body: String
    ) async throws -> PlainHTTP.Answer {
        count += 1
        let key = "\(name)-act-\(count)"
        let answer = try await desk.send(path, body, key: key)
        if (200..<300).contains(answer.status) {
            given.append(
                MoneyDesk.Given(
                    kind: kind, path: path, body: body, key: key, status: answer.status,
                    text: answer.text))
        } else {
            // Somebody else was faster, or the state does not allow it.
            #expect([404, 409, 410, 422].contains(answer.status), "\(path): \(answer.text)")
        }
        return answer
    }

    private mutating func decideHire() async throws {
        let path = "admin/hires/\(anyHire())/decision"
        let isCancelled = Bool.random(using: &generator)
        let outcome = isCancelled ? "cancelled" : "confirmed"
        let query =
            "outcome=\(outcome)" + (isCancelled ? "&reason=recorded_in_error&note=Wrong" : "")
        guard let fingerprint = try await desk.json("\(path)?\(query)")["fingerprint"] as? String
        else { return }
        let reason = isCancelled ? "\"reason\": \"recorded_in_error\", \"note\": \"Wrong\"," : ""
        try await send(
            outcome, path,
            "{\"outcome\": \"\(outcome)\", \(reason) \"fingerprint\": \"\(fingerprint)\"}")
    }

    private mutating func decideCommissions() async throws {
        let (from, outcome) =
            [
                ("pending", "approve"), ("pending", "hold"), ("held", "release"),
                ("pending", "reverse"), ("approved", "reverse"),
            ].randomElement(using: &generator) ?? ("pending", "approve")
        let items = try await desk.json("admin/commissions?state=\(from)")["items"]
        let ids = (items as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
        let some = ids.shuffled(using: &generator).prefix(2)
        guard !some.isEmpty else { return }
        let list = some.map(String.init).joined(separator: ", ")
        try await send(
            outcome, "admin/commissions/decisions",
            """
            {"outcome": "\(outcome)", "commissions": [\(list)], "reason": "other",
             "note": "By \(name)"}
            """)
    }

    private mutating func grant() async throws {
        try await send(
            "grant", "admin/hires/\(anyHire())/commissions",
            """
            {"amount": {"minor_units": 1000, "currency": "EUR"}, "borne_by": "platform",
             "reason": "other", "note": "By \(name)"}
            """)
    }

    /// A whole run: the preview, the batch, its file, and what the bank did.
    private mutating func pay() async throws {
        let currency = Bool.random(using: &generator) ? "EUR" : "RON"
        let run = try await desk.json("admin/payout-run?currency=\(currency)")
        guard let fingerprint = run["fingerprint"] as? String,
            let cutOff = run["cut_off"] as? String,
            (run["lines"] as? [Any])?.isEmpty == false
        else { return }
        let made = try await send(
            "pay", "admin/payouts",
            """
            {"currency": "\(currency)", "cut_off": "\(cutOff)", "fingerprint": "\(fingerprint)"}
            """)
        let batch = try? JSONSerialization.jsonObject(with: made.body) as? [String: Any]
        guard made.status == 201, let id = batch?["id"] as? Int else { return }
        try await send("file", "admin/payouts/\(id)/file", "")
        let lines = try await desk.json("admin/payouts/\(id)/payouts")["items"]
        for line in (lines as? [[String: Any]] ?? []).compactMap({ $0["id"] as? Int }) {
            let isPaid = Int.random(in: 0..<4, using: &generator) > 0
            let outcome =
                isPaid ? "\"paid\"" : "\"failed\", \"failure\": \"account_closed\""
            try await send(
                isPaid ? "paid" : "failed", "admin/payouts/\(id)/answers",
                "{\"payouts\": [\(line)], \"outcome\": \(outcome)}")
        }
    }
}

/// Numbers that a seed repeats (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

extension CrashScene {
    /// Gives the demo's affiliate, who has been paid before, a token.
    fileprivate func giveAffiliateToken(_ token: String) async throws {
        try await withStatements { database in
            _ = try await database.execute(
                """
                INSERT INTO api_token (account_id, name, token_hash, created_at)
                SELECT id, 'crash', sha256(\(token)::bytea), now() FROM account
                WHERE email = 'affiliate@demo.test'
                """)
        }
    }

    /// What was paid, each row as a text of all that it says.
    fileprivate func paidRows() async throws -> Set<String> {
        try await withStatements { database in
            let rows = try await database.query(
                "SELECT p::text FROM payout p WHERE p.state = 'paid'"
            ) { row in try row.next(String.self) }
            return Set(rows)
        }
    }
}
