import Domain

/// What became of a record.
package enum SpoolState: Hashable, Sendable {
    /// Not yet applied.
    case waiting
    /// In the database. The note is what the receipt's page needs to lead on, as a code or a path.
    case applied(note: String)
    /// Can never be applied as it is; an admin decides.
    case setAside(reason: String)
    /// An admin decided against it.
    case discarded(reason: String)

    /// Nothing more will happen, and the payload is not needed any longer.
    package var isFinal: Bool {
        switch self {
        case .waiting, .setAside: false
        case .applied, .discarded: true
        }
    }
}

/// A state, since when, and whose.
package struct SpoolOutcome: Hashable, Sendable {
    /// The record's head.
    package let head: SpoolHead
    package let state: SpoolState
    package let decidedAt: Instant

    package init(head: SpoolHead, state: SpoolState, decidedAt: Instant) {
        self.head = head
        self.state = state
        self.decidedAt = decidedAt
    }
}

/// An outcome stands in its file as a record with the head of what it is about, and as its payload:
///
///      0  1  state
///      1  8  when it was decided, microseconds since 1970
///      9     note or reason, UTF-8
///
/// A file that was begun with all outcomes there were says so behind them, with a record of sequence 0
/// whose payload is 255 and their number: then older files, should they still be there, are void.
package enum OutcomeFormat {
    /// The longest note or reason, in bytes; what is longer is cut.
    package static let textBytesMax = 400

    package static func encode(_ outcome: SpoolOutcome) -> SpoolRecord {
        let (code, text): (UInt8, String) =
            switch outcome.state {
            case .waiting: (0, "")
            case .applied(let note): (1, note)
            case .setAside(let reason): (2, reason)
            case .discarded(let reason): (3, reason)
            }
        var payload = [code]
        payload.append(number: outcome.decidedAt.microseconds)
        payload.append(contentsOf: cut(text).utf8)
        return SpoolRecord(head: outcome.head, payload: payload)
    }

    /// The record behind all outcomes there were.
    static func encode(countOfAll count: Int) -> SpoolRecord {
        var payload: [UInt8] = [255]
        payload.append(number: UInt64(count))
        return SpoolRecord(
            head: SpoolHead(
                sequence: 0, key: SpoolKey(rawValue: 0), kind: SpoolKind(rawValue: 0),
                entity: SpoolEntity(rawValue: 0), receipt: nil,
                spooledAt: Instant(microseconds: 0)),
            payload: payload)
    }

    /// Reads what `encode` wrote; nil for anything else.
    package static func decode(_ record: SpoolRecord) -> SpoolOutcome? {
        record.payload.withUnsafeBytes { bytes in
            guard bytes.count >= 9 else { return nil }
            let text = String(decoding: bytes[9...], as: UTF8.self)
            let state: SpoolState
            switch bytes[0] {
            case 0: state = .waiting
            case 1: state = .applied(note: text)
            case 2: state = .setAside(reason: text)
            case 3: state = .discarded(reason: text)
            default: return nil
            }
            return SpoolOutcome(
                head: record.head, state: state,
                decidedAt: Instant(microseconds: bytes.number(at: 1, as: Int64.self)))
        }
    }

    /// The text, or as many of its first characters as have room.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > textBytesMax else { return text }
        var room = textBytesMax
        return String(
            text.prefix { character in
                room -= character.utf8.count
                return room >= 0
            })
    }
}

extension SpoolState {
    /// With its text no longer than a file keeps, so that it reads the same after a restart.
    var bounded: SpoolState {
        switch self {
        case .waiting: .waiting
        case .applied(let note): .applied(note: OutcomeFormat.cut(note))
        case .setAside(let reason): .setAside(reason: OutcomeFormat.cut(reason))
        case .discarded(let reason): .discarded(reason: OutcomeFormat.cut(reason))
        }
    }
}
