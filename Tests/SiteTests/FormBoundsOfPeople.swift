import Domain
import Store
import TestSupport

@testable import Site

/// 15 digits, which is what E.164 lets a number have, in 32 characters.
private let phoneLong = "+1  2  3 4 5 6 7 8 9 0 1 2 3 4 5"

extension BoundedForm {
    private static let emailRefusals = [
        Refused(.email, Length.email(255), .tooLong(max: 254)),
        Refused(.email, "", .missing), Refused(.email, "nobody@", .malformed),
    ]

    private static func nameRefusals(_ field: ValidationError.Field) -> [Refused] {
        [
            Refused(field, Length.text(121), .tooLong(max: 120)), Refused(field, "", .missing),
        ]
    }

    private static func passwordRefusals(_ field: ValidationError.Field) -> [Refused] {
        [
            Refused(field, Length.password(9), .tooShort(min: 10)),
            Refused(field, Length.password(257), .tooLong(max: 256)),
            Refused(field, "", .missing),
        ]
    }

    private static let phoneRefusals = [
        Refused(.phone, "123456", .malformed), Refused(.phone, "+1234567890123456", .malformed),
        Refused(.phone, phoneLong + "-", .tooLong(max: 32)),
    ]

    private static let messageRefusal = Refused(
        .message, Length.text(4_001), .tooLong(max: 4_000))

    static var accounts: [BoundedForm] {
        [
            BoundedForm(
                route: "account.signUpCompany", person: .nobody,
                base: [
                    ("company_name", "Atelier Sud"), ("name", "Maria Pop"),
                    ("email", "maria@example.com"), ("password", Browser.password),
                ],
                refused: nameRefusals(.companyName) + nameRefusals(.name) + emailRefusals
                    + passwordRefusals(.password),
                accepted: [
                    [
                        "company_name": Length.text(120), "name": Length.text(120, of: "n"),
                        "email": Length.email(254), "password": Length.password(256),
                    ],
                    ["company_name": "A", "name": "B", "password": Length.password(10)],
                ]
            ) { _ in Place(action: "/sign-up/company") },
            BoundedForm(
                route: "account.signUpAffiliate", person: .nobody,
                base: [
                    ("name", "Maria Pop"), ("email", "maria@example.com"),
                    ("password", Browser.password),
                ],
                refused: nameRefusals(.name) + emailRefusals + passwordRefusals(.password),
                accepted: [
                    [
                        "name": Length.text(120), "email": Length.email(254),
                        "password": Length.password(256),
                    ], ["name": "B", "password": Length.password(10)],
                ]
            ) { _ in Place(action: "/sign-up/affiliate") },
            BoundedForm(
                route: "account.signIn", person: .nobody,
                base: [("email", Length.email(254)), ("password", Browser.password)],
                refused: emailRefusals + [Refused(.password, "", .missing)], accepted: [[:]]
            ) { world in
                _ = try? await WorldMaker(site: world.site).affiliate(Length.email(254))
                let hash = try await world.site.services.passwords.hash(Browser.password)
                let address = try EmailAddress(Length.email(254))
                let found = try await world.site.store.accounts.credentials(for: address)
                guard let found else { throw TestFailure("no account") }
                try await world.site.store.write { transaction in
                    try await world.site.store.accounts.setPasswordHash(
                        hash, of: found.account.id, at: TestSite.now, in: transaction)
                }
                return Place(action: "/sign-in")
            },
            BoundedForm(
                route: "account.forgot", person: .nobody,
                base: [("email", "maria@example.com")], refused: emailRefusals,
                accepted: [["email": Length.email(254)], [:]]
            ) { _ in Place(action: "/forgot") },
            BoundedForm(
                route: "account.createToken", person: .company, base: [("token_name", "Laptop")],
                refused: [
                    Refused(.tokenName, Length.text(61), .tooLong(max: 60)),
                    Refused(.tokenName, "", .missing),
                ], accepted: [["token_name": Length.text(60)], ["token_name": "t"]], success: 200
            ) { _ in
                let key = "key-\(UInt64.random(in: 0...UInt64.max))"
                return Place(
                    action: "/account/tokens", page: "/account",
                    hidden: [("idempotency_key", key)])
            },
            BoundedForm(
                route: "account.changeAddress", person: .company,
                base: [("email", "new@example.com"), ("password", Browser.password)],
                refused: emailRefusals + [Refused(.password, "not it at all", .wrongPassword)],
                accepted: [["email": Length.email(254)]]
            ) { _ in Place(action: "/account/address", page: "/account") },
        ]
    }

    static var passwords: [BoundedForm] {
        let accepted = [
            ["new_password": Length.password(256)], ["new_password": Length.password(10)],
        ]
        return [
            BoundedForm(
                route: "account.changePassword", person: .company,
                base: [
                    ("new_password", "another horse battery"),
                    ("current_password", Browser.password),
                ], refused: passwordRefusals(.newPassword), accepted: accepted
            ) { _ in Place(action: "/account/password", page: "/account") },
            BoundedForm(
                route: "account.reset", person: .nobody,
                base: [("new_password", "another horse battery")],
                refused: passwordRefusals(.newPassword), accepted: accepted
            ) { world in
                let token = MailToken(random: RandomSource.system.bytes(MailToken.length))
                try await world.site.store.write { transaction in
                    _ = try await world.site.store.passwordResets.send(
                        token, to: world.company.email, at: TestSite.now, in: transaction)
                }
                return Place(action: "/reset/\(token.text)")
            },
            BoundedForm(
                route: "account.acceptInvitation", person: .nobody,
                base: [("new_password", "another horse battery")],
                refused: passwordRefusals(.newPassword), accepted: accepted
            ) { world in
                let token = try await WorldMaker(site: world.site).invite(
                    Length.newEmail, by: world.admin)
                return Place(action: "/invitations/\(token.text)")
            },
            BoundedForm(
                route: "admin.inviteAdmin", person: .admin,
                base: [("candidate_name", "Maria Pop"), ("email", "maria@example.com")],
                refused: nameRefusals(.candidateName) + emailRefusals,
                accepted: [
                    ["candidate_name": Length.text(120), "email": Length.email(254)],
                    ["candidate_name": "B"],
                ]
            ) { _ in Place(action: "/admin/admins") },
        ]
    }

    static var candidates: [BoundedForm] {
        let tooLarge = Browser.cv + [UInt8](repeating: 32, count: CVFile.bytesMax)
        let largest = Array(tooLarge.prefix(CVFile.bytesMax))
        let large = Refused(
            .cv, "", .tooLarge(bytesMax: CVFile.bytesMax),
            file: Array(tooLarge.prefix(CVFile.bytesMax + 1)))
        return [
            BoundedForm(
                route: "public.apply", person: .nobody,
                base: [
                    ("name", "Ion Popa"), ("email", "ion@example.com"),
                    ("phone", "+40 721 000 111"), ("message", "I can start soon."),
                    ("consent", "yes"),
                ], file: Browser.cv,
                refused: nameRefusals(.name) + emailRefusals + phoneRefusals + [
                    messageRefusal, Refused(.consent, "", .notAccepted), large,
                    Refused(.cv, "", .wrongFileType, file: Array("GIF89a".utf8)),
                ],
                accepted: [
                    [
                        "name": Length.text(120), "email": Length.email(254),
                        "phone": phoneLong, "message": Length.text(4_000),
                    ], ["name": "I", "phone": "1234567", "message": ""],
                ]
            ) { world in Place(action: "/jobs/\(world.job.slug)/apply") },
            BoundedForm(
                route: "public.apply", person: .nobody,
                base: [("name", "Ion Popa"), ("email", "ion@example.com"), ("consent", "yes")],
                file: largest, refused: [], accepted: [[:]]
            ) { world in Place(action: "/jobs/\(world.job.slug)/apply") },
            BoundedForm(
                route: "public.confirmRecommendation", person: .nobody,
                base: [
                    ("phone", "+40 721 000 111"), ("message", "I can start soon."),
                    ("consent", "yes"),
                ], file: Browser.cv,
                refused: phoneRefusals + [
                    messageRefusal, Refused(.consent, "", .notAccepted), large,
                ],
                accepted: [
                    ["phone": phoneLong, "message": Length.text(4_000)],
                    ["phone": "1234567", "message": ""],
                ]
            ) { world in
                let token = try await WorldMaker(site: world.site).recommend(
                    Length.newEmail, for: world.job, by: world.affiliate)
                return Place(action: "/recommendations/\(token.text)")
            },
            BoundedForm(
                route: "public.eraseApplication", person: .nobody, base: [("consent", "yes")],
                refused: [Refused(.consent, "", .notAccepted)], accepted: [[:]]
            ) { world in
                let receipt = try await WorldMaker(site: world.site).apply(
                    to: world.job, via: nil, Length.newEmail
                ).receipt
                return Place(action: "/applications/\(receipt.text)/erase")
            },
            BoundedForm(
                route: "affiliate.recommend", person: .affiliate,
                base: [
                    ("candidate_name", "Ion Popa"), ("email", "ion@example.com"),
                    ("phone", "+40 721 000 111"), ("language", "ro"), ("message", "Calm."),
                    ("consent", "yes"),
                ],
                refused: nameRefusals(.candidateName) + emailRefusals + phoneRefusals + [
                    messageRefusal, Refused(.consent, "", .notAccepted),
                ],
                accepted: [
                    [
                        "candidate_name": Length.text(120), "email": Length.email(254),
                        "phone": phoneLong, "message": Length.text(4_000),
                    ], ["candidate_name": "I", "phone": "1234567", "message": ""],
                ]
            ) { world in
                let path = "/affiliate/jobs/\(world.job.slug)"
                return Place(action: path + "/recommendations", page: path)
            },
        ]
    }
}
