import Domain
import EventLoop
import Postgres
import TestSupport
import Testing

@testable import Store

@Suite struct `A lost answer` {
    @Test func `a recording that committed unseen is answered to whoever sends it again`()
        async throws
    {
        let place = try TestDatabase()
        // The commit waits for a lock of the test's, so that its answer can be held back.
        try place.run(
            """
            CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                PERFORM pg_advisory_xact_lock(hashtext(current_schema())); RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER wait_for_test AFTER INSERT ON hire
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_for_test()
            """)
        let proxy = try FaultProxy(to: place.connectionString)
        try await withStore(place) { store in
            let throughProxy = Database(
                loop: store.database.loop,
                settings: PoolSettings(connectionString: proxy.connectionString),
                logger: quietLogger)
            try await Self.recordTwice(Store(database: throughProxy), proxy, direct: store)
            await throughProxy.close()
        }
        proxy.stop()
        try place.drop()
    }

    private static func recordTwice(
        _ store: Store, _ proxy: FaultProxy, direct: Store
    ) async throws {
        let people = try await People(direct)
        let id = try await people.introduction()
        let request = KeyedRequest(
            account: people.admin.id, key: try IdempotencyKey("key-of-the-form"),
            hash: [UInt8](repeating: 7, count: 32))
        let first = try await people.overlap { transaction in
            try await transaction.execute(
                "SELECT pg_advisory_xact_lock(hashtext(current_schema()))")
        } meeting: {
            async let answer = record(id, request, people, in: store)
            _ = try await eventually(on: direct.database.loop) {
                try await direct.count("SELECT count(*) FROM hire") == 1
            }
            proxy.cut()
            return try await answer
        } andThen: { _ in
            proxy.set(.swallow)
        }
        guard case .failure(PostgresError.commitUnknown) = first else {
            throw TestFailure("\(first)")
        }
        let second = try await record(id, request, people, in: direct)
        #expect(try await record(id, request, people, in: direct) == second)
        #expect(try await direct.count("SELECT count(*) FROM hire") == 1)
        #expect(try await direct.books.check().totals.map(\.debits) == [.euros(1000)])
    }

    private static func record(
        _ id: IntroductionID, _ request: KeyedRequest, _ people: People, in store: Store
    ) async throws -> StoredAnswer {
        try await store.once(request, at: People.now) { transaction in
            let hire = try await store.recording.record(
                id, startsOn: People.today, by: people.admin.principal, at: People.now,
                in: transaction)
            return StoredAnswer(status: 201, location: "/admin/hires/\(hire.id)", body: [])
        }
    }
}
