import Demo
import Domain
import Logging
import Site
import Store

/// The demo data, and the password of its accounts.
struct DemoLoading: Sendable {
    let context: ProgramContext
    let source: DatabaseSource

    /// The setting's password, or one that was made by chance and is kept in the data folder.
    func password() throws -> String {
        if let given = context.settings["demoPassword"] { return given }
        return try context.folder.secret("demo-password") { RandomText.make(count: 16) }
    }

    /// Loads the data into an empty database; false where it is not empty, and stays as it is.
    func load(jobs: Int = DemoData.jobsDefault) async throws -> Bool {
        let isEmpty = try await context.withStore(source) { store in
            try await !store.accounts.areThereAny()
        }
        // Before the password is hashed, which takes a while: a second start is to be quick.
        guard isEmpty else { return false }
        let worker = PasswordWorker()
        defer { worker.stop() }
        let hash = try await worker.hash(try password())
        let logger = context.logger
        logger.notice("loading demo data", metadata: ["jobs": "\(jobs)"])
        return try await context.withStore(source) { store in
            try await DemoData.loadIfEmpty(
                store.database, jobs: jobs, passwordHash: hash, now: WallClock.now()) != nil
        }
    }

    /// What a person needs to sign in; nil where the database has no demo accounts.
    func accountsText() async throws -> String? {
        let kept = try await context.withStore(source) { store in
            try await store.accounts.credentials(for: EmailAddress(DemoAccount.company.email))
        }
        guard let kept else { return nil }
        let password = try password()
        let worker = PasswordWorker()
        defer { worker.stop() }
        let isValid = try await worker.verify(password, against: kept.passwordHash)
        let shown = isValid ? password : "the one of the time when they were loaded"
        return "Demo accounts, password \(shown):\n"
            + DemoAccount.allCases.map { "  \($0.email)\n" }.joined()
            + (try await DemoFactor(context: context, source: source).text() ?? "")
    }
}
