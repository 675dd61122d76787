import Domain

/// What makes a write one write, however often it is sent: 16 bytes that also stand in the database,
/// in the transaction that applies the record.
package struct SpoolKey: Hashable, Sendable {
    /// The bytes as a number, the first byte the most significant.
    package let rawValue: UInt128

    package init(rawValue: UInt128) {
        self.rawValue = rawValue
    }

    /// Takes the first 16 bytes of a digest or of a random number; nil for fewer.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count >= 16 else { return nil }
        rawValue = bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
}

/// Whose record it is: records of one entity are applied in the order in which they were accepted.
///
/// Two entities that share a number only wait for each other.
package struct SpoolEntity: Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The number of a name such as `application:42:ana@example.com`; FNV-1a with 64 bits
    /// (draft-eastlake-fnv).
    package init(_ name: String) {
        rawValue = name.utf8.reduce(0xcbf2_9ce4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
    }
}

/// What a record asks for; its payload's form is the business of whoever applies it.
///
/// A number of a newer program is kept, so that going back to an older one loses nothing.
package struct SpoolKind: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package static let application = SpoolKind(rawValue: 1)
    package static let recommendation = SpoolKind(rawValue: 2)
    package static let confirmation = SpoolKind(rawValue: 3)
    package static let click = SpoolKind(rawValue: 4)
    package static let signUp = SpoolKind(rawValue: 5)
    /// An admin says that somebody was hired.
    package static let hireReport = SpoolKind(rawValue: 6)
}

/// A write that wants to be kept.
package struct SpoolDraft: Sendable {
    package let key: SpoolKey
    package let kind: SpoolKind
    package let entity: SpoolEntity
    /// The code of the page that says what became of it; nil for what nobody asks about, as a click.
    package let receipt: ReceiptCode?
    package let payload: [UInt8]
    /// May use the room that is held back for what must not be refused.
    package let isImportant: Bool

    package init(
        key: SpoolKey, kind: SpoolKind, entity: SpoolEntity, receipt: ReceiptCode?,
        payload: [UInt8], isImportant: Bool = false
    ) {
        self.key = key
        self.kind = kind
        self.entity = entity
        self.receipt = receipt
        self.payload = payload
        self.isImportant = isImportant
    }
}

/// What is known of a record without its payload.
package struct SpoolHead: Hashable, Sendable {
    /// Grows with every record that was accepted; never used twice in one folder.
    package let sequence: UInt64
    package let key: SpoolKey
    package let kind: SpoolKind
    package let entity: SpoolEntity
    package let receipt: ReceiptCode?
    /// When it was accepted.
    package let spooledAt: Instant

    package init(
        sequence: UInt64, key: SpoolKey, kind: SpoolKind, entity: SpoolEntity,
        receipt: ReceiptCode?, spooledAt: Instant
    ) {
        self.sequence = sequence
        self.key = key
        self.kind = kind
        self.entity = entity
        self.receipt = receipt
        self.spooledAt = spooledAt
    }
}

/// A write as it was kept.
package struct SpoolRecord: Hashable, Sendable {
    package let head: SpoolHead
    package let payload: [UInt8]

    package init(head: SpoolHead, payload: [UInt8]) {
        self.head = head
        self.payload = payload
    }
}
