/// Rule 10: what an admin should look at before money moves; nothing is dropped because of it.
package enum SelfDealing: String, Hashable, Sendable, CaseIterable {
    case candidateIsAffiliate = "candidate_is_affiliate"
    case companyIsAffiliate = "company_is_affiliate"
    case sharedPayoutAccount = "shared_payout_account"

    /// A person as far as two of them can be compared.
    package struct Identity: Hashable, Sendable {
        package let emailFolded: String
        package let phoneFolded: String?

        package init(email: EmailAddress, phone: PhoneNumber?) {
            emailFolded = email.folded
            phoneFolded = phone?.folded
        }

        package init(emailFolded: String, phoneFolded: String?) {
            self.emailFolded = emailFolded
            self.phoneFolded = phoneFolded
        }

        func isSame(as other: Identity) -> Bool {
            if emailFolded == other.emailFolded { return true }
            guard let phoneFolded, let otherPhone = other.phoneFolded else { return false }
            return phoneFolded == otherPhone
        }
    }

    /// The flags of an introduction that an affiliate brought.
    package static func flags(
        candidate: Identity, affiliate: Identity, companyPeople: [Identity]
    ) -> [SelfDealing] {
        var flags: [SelfDealing] = []
        if candidate.isSame(as: affiliate) { flags.append(.candidateIsAffiliate) }
        if companyPeople.contains(where: { $0.isSame(as: affiliate) }) {
            flags.append(.companyIsAffiliate)
        }
        return flags
    }
}
