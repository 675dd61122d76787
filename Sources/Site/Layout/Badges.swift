import Domain
import HTML

// States as badges: a word with a mark before it, so that colour is never the only difference.

extension HTMLPrinter {
    mutating func badge(_ text: String, _ tone: BadgeTone) {
        self(.span, .class(tone.style), text: text)
    }

    mutating func badge(_ visibility: JobVisibility, _ texts: Texts) {
        let tone: BadgeTone =
            switch visibility {
            case .draft: .waiting
            case .open: .good
            case .paused: .attention
            case .filled, .closed, .expired: .over
            }
        badge(texts.value.jobVisibility(visibility), tone)
    }

    mutating func badge(_ stage: Stage, _ texts: Texts) {
        let tone: BadgeTone =
            switch stage {
            case .unconfirmed: .waiting
            case .submitted, .shortlisted, .interview, .offer: .running
            case .hired: .good
            case .rejected: .bad
            case .withdrawn: .over
            }
        badge(texts.value.stage(stage), tone)
    }

    mutating func badge(_ state: CommissionState, _ texts: Texts) {
        let tone: BadgeTone =
            switch state {
            case .pending: .waiting
            case .approved, .processing: .running
            case .paid: .good
            case .held: .attention
            case .reversed: .bad
            }
        badge(texts.value.commissionState(state), tone)
    }

    mutating func badge(_ state: HireState, _ texts: Texts) {
        let tone: BadgeTone =
            switch state {
            case .reported: .waiting
            case .recorded: .running
            case .confirmed: .good
            case .leftEarly: .attention
            case .cancelled: .bad
            }
        badge(texts.value.hireState(state), tone)
    }
}

/// What a badge says at a glance; the style sheet gives each a colour and a mark of its own.
enum BadgeTone {
    case waiting, running, good, attention, bad, over

    var style: StaticString {
        switch self {
        case .waiting: "badge waiting"
        case .running: "badge running"
        case .good: "badge good"
        case .attention: "badge attention"
        case .bad: "badge bad"
        case .over: "badge over"
        }
    }
}
