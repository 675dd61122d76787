import Domain
import Spool
import Store
import Testing

@testable import Site

/// An application as bytes of a spool's record.
@Suite struct SpooledApplicationTests {
    private static func application(
        key: String? = "a-key-of-a-form", phone: String? = "+40 721 234 567",
        email: String = "Ana@Example.com", via: String? = "7k2m9p4qab", cv: [UInt8] = Browser.cv
    ) throws -> SpooledApplication {
        SpooledApplication(
            Applications.Submission(
                job: JobSlug(stored: "swift-developer-7k2m9p4q"), via: via.flatMap { LinkCode($0) },
                application: Application(
                    name: try PersonName("Ștefan Țîru"), email: try EmailAddress(email),
                    phone: try phone.map { text throws(ValidationError) in try PhoneNumber(text) },
                    message: try CoverMessage("Bună ziua,\nam timp."),
                    cv: try CVFile(name: "cv.pdf", bytes: cv), language: .romanian),
                receipt: ReceiptCode(stored: "7k2m9p4qab7k2m9p4qab7k2m9p"),
                key: try key.map { text throws(ValidationError) in try IdempotencyKey(text) },
                at: TestSite.now),
            newKey: { IdempotencyKey(random: [UInt8](repeating: 7, count: 26)) })
    }

    @Test(arguments: [true, false])
    func `what was sent is read as it was`(isFull: Bool) throws {
        let before =
            isFull
            ? try Self.application() : try Self.application(key: nil, phone: nil, via: nil)
        let after = try SpooledApplication(payload: before.draft.payload)
        #expect(after.submission.application == before.submission.application)
        #expect(after.submission.job == before.submission.job)
        #expect(after.submission.via == before.submission.via)
        #expect(after.submission.receipt == before.submission.receipt)
        #expect(after.submission.at == before.submission.at)
        #expect(after.submission.key == before.key)
        #expect(after.spoolKey == before.spoolKey)
    }

    @Test func `the longest CV fits into a record`() throws {
        let cv = Array("%PDF-".utf8) + [UInt8](repeating: 0xff, count: CVFile.bytesMax - 5)
        let draft = try Self.application(cv: cv).draft
        #expect(draft.payload.count <= SpoolSettings().payloadBytesMax)
        let read = try SpooledApplication(payload: draft.payload)
        #expect(read.submission.application.cv?.bytes == cv)
    }

    @Test func `one form of one person for one job is one, another is another`() throws {
        let one = try Self.application()
        #expect(try Self.application(email: "ana@example.com").spoolKey == one.spoolKey)
        #expect(try Self.application(phone: nil).spoolKey == one.spoolKey)
        #expect(try Self.application(key: "another-key").spoolKey != one.spoolKey)
        #expect(try Self.application(email: "b@example.com").spoolKey != one.spoolKey)
        #expect(try Self.application(key: "another-key").entity == one.entity)
    }

    @Test func `bytes that were cut are none`() throws {
        let payload = try Self.application().draft.payload
        for count in payload.indices {
            #expect(throws: (any Error).self) {
                try SpooledApplication(payload: Array(payload.prefix(count)))
            }
        }
        #expect(throws: PayloadReader.Malformed.self) {
            try SpooledApplication(payload: payload + [0])
        }
    }

    @Test func `hostile bytes are refused or read within the rules, and never crash`() throws {
        let payload = try Self.application().draft.payload
        var chance = SystemRandomNumberGenerator()
        for position in payload.indices {
            for byte in [0, 0x7f, 0xff, UInt8.random(in: 0...255, using: &chance)] {
                var hostile = payload
                hostile[position] = byte
                guard let read = try? SpooledApplication(payload: hostile) else { continue }
                #expect(read.submission.application.name.text.unicodeScalars.count <= 120)
            }
        }
        for length in 0..<200 {
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &chance) }
            #expect(throws: (any Error).self) { try SpooledApplication(payload: [1] + noise) }
        }
    }
}
