import Domain
import HTML
import Mail
import Store

/// Writes the messages of the outbox as letters, in the reader's language.
package struct LetterWriter: Sendable {
    let origin: String
    let keys: SigningKeys

    package init(_ settings: SiteSettings) {
        origin = settings.publicOrigin
        keys = settings.keys
    }

    /// The letter of a message; nil where its topic or what it tells about is not known here.
    package func letter(_ claim: Outbox.Claim) -> Letter? {
        guard let topic = Outbox.Topic(rawValue: claim.topic) else { return nil }
        let message = LetterMessage(claim: claim, topic: topic)
        guard var words = message.words else { return nil }
        let texts = message.texts
        words.paragraphs.insert(texts.mail.hello(claim.name.text), at: 0)
        if let reason = message.reason { words.paragraphs.append(texts.mail.reason(reason)) }
        if let note = claim.payload["note"], !note.isEmpty {
            words.paragraphs.append(texts.mail.note(note))
        }
        let action = message.action.map { label, path in
            Letter.Link(label: label, url: path.absolute(origin: origin))
        }
        return Letter(
            language: claim.language, subject: words.subject, paragraphs: words.paragraphs,
            action: action,
            footnote: message.why,
            unsubscribe: topic.isOptional ? unsubscribe(claim, texts) : nil)
    }

    /// Names the message alone: whose address it went to is looked up when the link is used.
    private func unsubscribe(_ claim: Outbox.Claim, _ texts: Texts) -> Letter.Link {
        let code = UnsubscribeCode(claim.id, keys: keys)
        return Letter.Link(
            label: texts.mail.noMore,
            url: MailRoute.unsubscribeForm(code).link().absolute(origin: origin))
    }
}

/// One message with what its words are made of.
struct LetterMessage {
    let claim: Outbox.Claim
    let topic: Outbox.Topic
    let texts: Texts

    init(claim: Outbox.Claim, topic: Outbox.Topic) {
        self.claim = claim
        self.topic = topic
        texts = Texts(claim.language)
    }

    private var mail: MailTexts { texts.mail }
    private var job: String { claim.about?.job.text ?? "" }
    private var company: String { claim.about?.company.text ?? "" }
    private var candidate: String { claim.about?.candidate.text ?? "" }

    private func payload(_ name: String) -> String { claim.payload[name] ?? "" }

    /// An amount of the payload in its currency, without its sign.
    private func money(_ name: String) -> String? {
        guard let units = Int64(payload(name)), units != .min,
            let currency = Currency(rawValue: payload("currency"))
        else { return nil }
        return texts.value.money(Money(minorUnits: abs(units), currency: currency))
    }

    private func date(_ name: String) -> String? {
        CalendarDate(payload(name)).map(texts.value.date)
    }

    // MARK: Words

    /// Nil where the payload does not hold what the topic needs.
    var words: Words? {
        factorWords ?? accountWords ?? applicationWords ?? hireWords ?? commissionWords
            ?? payoutWords
            ?? disputeWords
    }

    private var applicationWords: Words? {
        guard claim.about != nil else { return nil }
        switch topic {
        case .applicationReceived: return mail.applicationReceived(job, company)
        case .introductionSubmitted:
            return claim.role == "company"
                ? mail.candidateArrived(candidate, job)
                : mail.introductionCounts(candidate, job, company)
        case .introductionMoved:
            guard let stage = Stage(rawValue: payload("stage")) else { return nil }
            let name = texts.value.stage(stage)
            return switch claim.role {
            case "candidate": mail.moved(job, company, stage: name)
            case "company": mail.movedByUs(candidate, job, stage: name)
            default: mail.introductionMoved(candidate, job, company, stage: name)
            }
        case .introductionWithdrawn: return mail.withdrawn(candidate, job)
        default: return nil
        }
    }

    private var hireWords: Words? {
        guard claim.about != nil else { return nil }
        switch topic {
        case .commissionWon:
            guard let amount = money("commission") else { return nil }
            var words = mail.won(amount, candidate, job, company)
            if let due = date("due_on") { words.paragraphs.append(mail.due(due)) }
            return words
        case .hireReported:
            return mail.hireReported(company, candidate, job, start: date("starts_on") ?? "")
        case .hireRecorded:
            var words = mail.hireRecorded(candidate, job, company)
            if let amount = money("commission") { words.paragraphs.append(mail.owes(amount)) }
            return words
        case .hireConfirmed: return mail.hireConfirmed(candidate, company)
        case .hireCancelled: return withReversal(mail.hireCancelled(candidate, company))
        case .hireLeftEarly:
            return withReversal(mail.leftEarly(candidate, company, on: date("left_on") ?? ""))
        case .hireRefused: return mail.reportRefused(candidate)
        case .hireWithdrawn: return mail.reportWithdrawn(company, candidate)
        default: return nil
        }
    }

    private func withReversal(_ words: Words) -> Words {
        guard let reversed = money("reversed") else { return words }
        var words = words
        words.paragraphs.append(mail.takenBack(reversed))
        return words
    }

    private var commissionWords: Words? {
        guard let amount = money("amount") else { return nil }
        switch topic {
        case .commissionAdded where claim.payload["dispute"] != nil:
            return mail.commissionWonInDispute(amount, candidate)
        case .commissionAdded:
            return payload("amount").hasPrefix("-")
                ? mail.commissionTakenOff(amount) : mail.commissionAdded(amount)
        case .commissionApproved: return mail.commissionApproved(amount, candidate)
        case .commissionHeld: return mail.commissionHeld(amount, candidate)
        case .commissionReleased: return mail.commissionReleased(amount, candidate)
        case .commissionReversed: return mail.commissionReversed(amount, candidate)
        default: return nil
        }
    }

    private var payoutWords: Words? {
        let amount = money("amount") ?? ""
        switch topic {
        case .payoutAccountChanged:
            return mail.payoutAccountChanged(payload("iban"), before: claim.payload["iban_before"])
        case .payoutSent: return mail.payoutSent(amount, iban: payload("iban"))
        case .payoutPaid: return mail.payoutPaid(amount)
        case .payoutFailed:
            guard let failure = PayoutFailure(rawValue: payload("failure")) else { return nil }
            return mail.payoutFailed(amount, why: texts.money.failure(failure))
        case .invoiceIssued:
            return mail.invoiceIssued(payload("number"), amount, reference: payload("reference"))
        case .invoiceReceived: return mail.invoiceReceived(payload("number"))
        case .invoiceReopened:
            guard let reason = InvoiceReopeningReason(rawValue: payload("reason")) else {
                return nil
            }
            return mail.invoiceReopened(
                payload("number"), why: texts.invoice.reason(reason), note: payload("note"))
        default: return nil
        }
    }

    private var disputeWords: Words? {
        guard let amount = money("amount") else { return nil }
        switch topic {
        case .disputeOpened: return mail.disputeOpened(amount, candidate)
        case .disputeAnswered: return mail.disputeAnswered(candidate)
        case .disputeReplied: return mail.disputeReplied(candidate)
        case .disputeDecided:
            return money("granted").map { mail.disputeDecided(candidate, granted: $0) }
        case .disputeWithdrawn: return mail.disputeWithdrawn(amount, candidate)
        default: return nil
        }
    }

    /// Why it happened, from the fixed lists (rule 9).
    var reason: String? {
        if let ended = DisputeOutcomeReason(rawValue: payload("outcome_reason")),
            let side = DisputeSide(rawValue: payload("side"))
        {
            return texts.value.outcomeReason(ended, openedBy: side)
        }
        let name = payload("reason")
        if let reason = CommissionReason(rawValue: name), topic != .introductionMoved {
            return texts.value.commissionReason(reason)
        }
        return RejectionReason(rawValue: name).map(texts.value.rejection)
    }

    // MARK: Where it leads

    /// Why the reader gets the letter.
    fileprivate var why: String {
        if topic == .recommendationConfirm { return mail.whyRecommended }
        return claim.role == "candidate" ? mail.whyCandidate : mail.whyAccount
    }

    /// Where the reader can see more.
    var action: (label: String, path: URLReference)? {
        if let tokenAction { return tokenAction }
        if let disputeAction { return disputeAction }
        switch claim.role {
        case "candidate":
            return claim.about.map { (mail.openReceipt, Links.receipt($0.receipt)) }
        case "affiliate": return affiliateAction
        case "company": return companyAction
        case "admin": return adminAction
        default: return (mail.openDesk, Links.account)
        }
    }

    private func id<Tag>(_ name: String) -> ID<Tag>? { Int64(payload(name)).map(ID.init) }

    private var disputeAction: (label: String, path: URLReference)? {
        switch topic {
        case .disputeOpened, .disputeAnswered, .disputeReplied, .disputeDecided,
            .disputeWithdrawn:
            guard let id: DisputeID = id("dispute") else { return nil }
            let route: DisputeRoute = claim.role == "admin" ? .decisionForm(id) : .show(id)
            return (mail.openDispute, route.link())
        default: return nil
        }
    }

    private var affiliateAction: (label: String, path: URLReference) {
        switch topic {
        case .payoutAccountChanged, .payoutSent, .payoutPaid, .payoutFailed:
            (mail.openPayouts, AffiliateRoute.payouts.link())
        default:
            if let id: CommissionID = id("commission"), topic != .commissionWon {
                (mail.openCommission, Links.commission(id))
            } else {
                (mail.openDesk, Links.affiliate)
            }
        }
    }

    private var companyAction: (label: String, path: URLReference) {
        switch topic {
        case .invoiceIssued, .invoiceReceived, .invoiceReopened:
            (
                mail.openInvoice,
                InvoiceNumber(payload("number")).map { Links.companyInvoice($0) }
                    ?? Links.companyInvoices
            )
        default:
            if let id: IntroductionID = id("introduction") {
                (mail.openCandidate, Links.introduction(id))
            } else {
                (mail.openDesk, CompanyRoute.overview.link())
            }
        }
    }

    private var adminAction: (label: String, path: URLReference) {
        if let id: HireID = id("hire") { return (mail.openHire, Links.adminHire(id)) }
        return (mail.openDesk, Links.admin)
    }
}
