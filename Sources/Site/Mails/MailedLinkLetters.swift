import Domain
import HTML
import Store

// Letters whose link is a single-use token, and what is told when an account changes.

extension LetterMessage {
    private var token: MailToken? { claim.payload["token"].flatMap { MailToken($0) } }

    private func payload(_ name: String) -> String { claim.payload[name] ?? "" }

    /// Nil for other topics, and without the token that a link needs.
    var accountWords: Words? {
        let mail = texts.mail
        switch topic {
        case .confirmAddress:
            return token.map { _ in mail.confirmAddress(payload("address")) }
        case .addressChanged: return mail.addressChanged(payload("new_address"))
        case .passwordReset: return token.map { _ in mail.passwordReset }
        case .passwordChanged:
            return mail.passwordChanged(tokens: payload("api_tokens"))
        case .adminInvited: return token.map { _ in mail.adminInvited(payload("invited_by")) }
        case .recommendationConfirm: return token.map { _ in recommendationWords }
        default: return nil
        }
    }

    /// Who named the person, and everything that is kept (GDPR Art. 14).
    private var recommendationWords: Words {
        let mail = texts.mail
        let affiliate = payload("affiliate_name")
        var words = mail.recommended(
            affiliate, payload("job_title"), payload("company_name"))
        let kept = [payload("name"), payload("address"), payload("phone")]
            .filter { !$0.isEmpty && $0 != "null" }.joined(separator: ", ")
        words.paragraphs.append(mail.keptOfYou(affiliate, kept))
        if !payload("words").isEmpty {
            words.paragraphs.append(mail.affiliateSays(affiliate, payload("words")))
        }
        words.paragraphs.append(mail.erasedWithoutAnswer)
        return words
    }

    /// Where the link of a token leads; nil for topics that have none.
    var tokenAction: (label: String, path: URLReference)? {
        guard let token else { return nil }
        let mail = texts.mail
        switch topic {
        case .confirmAddress: return (mail.openConfirm, Links.confirm(token))
        case .passwordReset: return (mail.openReset, Links.reset(token))
        case .adminInvited: return (mail.openInvitation, Links.acceptInvitation(token))
        case .recommendationConfirm:
            return (mail.openRecommendation, Links.confirmRecommendation(token))
        default: return nil
        }
    }
}
