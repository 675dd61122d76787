import Domain
import HTTP
import Postgres
import Store
import TestSupport

@testable import Site

private typealias Place = BoundedForm.Place

// The forms that the table of bounds does not have: buttons, codes, disputes.

extension RepeatedForm {
    static var ofAccounts: [RepeatedForm] {
        [
            RepeatedForm(route: "account.signOut", person: .company) { _ in
                Place(action: "/sign-out", page: "/account")
            },
            RepeatedForm(route: "account.signOutEverywhere", person: .company) { _ in
                Place(action: "/account/sign-out-everywhere", page: "/account")
            },
            RepeatedForm(route: "account.confirm", person: .nobody) { world in
                Place(action: "/confirm/\(world.mailed["confirm"]?.text ?? "")")
            },
            // The link is mailed anew, as often as the bound on these mails lets it.
            RepeatedForm(
                route: "account.sendConfirmation", person: .company,
                grows: ["mail_token", "outbox"]
            ) { _ in
                Place(action: "/account/confirmation", page: "/account")
            },
            RepeatedForm(route: "account.revokeToken", person: .company) { world in
                Place(
                    action: "/account/tokens/\(world.tokenOfCompany)/revoke", page: "/account")
            },
            RepeatedForm(
                route: "account.saveLanguage", person: .company, fields: [("language", "ro")]
            ) { _ in Place(action: "/account/language", page: "/account") },
            RepeatedForm(
                route: "account.signInCode", person: .nobody,
                fields: [("factor_code", TestFactor.code())], grows: ["second_factor"],
                isRefusedAgain: true,
                browser: { world in
                    let browser = Browser(world.site)
                    try await browser.signIn(world.admin.email.text)
                    return browser
                }
            ) { _ in Place(action: "/sign-in/code") },
            RepeatedForm(
                route: "account.renewRecoveryCodes", person: .admin,
                fields: [
                    ("password", Browser.password), ("factor_code", TestFactor.code(in: 30)),
                ], grows: ["second_factor"], isRefusedAgain: true
            ) { _ in
                Place(action: "/account/second-factor/codes", page: "/account/second-factor")
            },
            RepeatedForm(
                route: "account.saveFactor", person: .admin,
                fields: [
                    ("factor_code", TestFactor.code(of: newSecret)),
                    ("password", Browser.password), ("current_code", TestFactor.code(in: 30)),
                ], grows: ["second_factor"], isRefusedAgain: true
            ) { world in
                let vault = FactorVault(keys: world.site.services.settings.keys)
                let offer = vault.offer(newSecret, to: world.admin.id, at: TestSite.now)
                return Place(
                    action: "/account/second-factor", page: "/account/second-factor/replace",
                    hidden: [("factor_secret", offer)])
            },
            RepeatedForm(
                route: "account.removeFactor", person: .affiliate,
                fields: [
                    ("password", Browser.password), ("factor_code", TestFactor.code(in: 30)),
                ]
            ) { world in
                try await TestFactor.give(to: world.affiliate.principal, world.site)
                return Place(
                    action: "/account/second-factor/remove", page: "/account/second-factor")
            },
        ]
    }

    private static let newSecret = TestFactor.makeSecret(of: 77)

    static var ofDesks: [RepeatedForm] {
        candidates + jobs + [
            RepeatedForm(route: "admin.recordHire", person: .admin) { world in
                Place(
                    action: "/admin/hires/\(world.hire)/record",
                    page: "/admin/hires/\(world.hire)")
            },
            RepeatedForm(route: "admin.disableAdmin", person: .admin) { world in
                let other = try await WorldMaker(site: world.site).admin("second@example.com")
                return Place(
                    action: "/admin/admins/\(other.id)/disable", page: "/admin/admins")
            },
            RepeatedForm(route: "admin.verifyCompany", person: .admin) { world in
                let id = world.company.principal.company?.description ?? ""
                return Place(
                    action: "/admin/companies/\(id)/verify", page: "/admin/companies")
            },
            RepeatedForm(route: "admin.resendMail", person: .admin) { world in
                try await world.site.store.database.execute(
                    """
                    UPDATE outbox SET failed_at = created_at, last_error = '550 no such user'
                    WHERE id = 1
                    """)
                return Place(action: "/admin/mails/1/resend", page: "/admin")
            },
            RepeatedForm(
                route: "mail.allowAddress", person: .admin,
                fields: [("email", "gone@example.com")]
            ) { world in
                try await world.site.store.database.execute(
                    """
                    INSERT INTO mail_suppression (email_key, reason, created_at)
                    VALUES ('gone@example.com', '550', \(TestSite.now))
                    """)
                return Place(action: "/admin/mails/allow", page: "/admin/mails")
            },
            // Whoever takes the file along stands in the log each time.
            RepeatedForm(route: "admin.batchFile", person: .admin, grows: ["audit"]) { world in
                let made = try await BoundedForm.batch(world, isSent: false)
                return Place(action: made + "/file", page: made)
            },
        ]
    }

    private static var candidates: [RepeatedForm] {
        [
            RepeatedForm(route: "public.withdraw", person: .nobody) { world in
                let receipt = try await WorldMaker(site: world.site).apply(
                    to: world.job, via: nil, Length.newEmail
                ).receipt
                let page = "/applications/\(receipt.text)"
                return Place(action: page + "/withdraw", page: page)
            },
            RepeatedForm(route: "public.refuseRecommendation", person: .nobody) { world in
                let page = "/recommendations/\(world.mailed["recommendations"]?.text ?? "")"
                return Place(action: page + "/refuse", page: page)
            },
        ]
    }

    private static var jobs: [RepeatedForm] {
        [
            ("publish", JobState.draft), ("pause", .published), ("fill", .published),
            ("close", .published),
        ]
        .map { deed, state in
            RepeatedForm(route: "company.\(deed)", person: .company) { world in
                let job = try await WorldMaker(site: world.site).job(
                    of: world.company, in: state)
                let page = "/company/jobs/\(job.id)"
                return Place(action: "\(page)/\(deed)", page: page)
            }
        }
    }

    static var ofDisputes: [RepeatedForm] {
        [
            RepeatedForm(
                route: "dispute.answer", person: .company, fields: [("text", "We disagree.")]
            ) { world in
                let page = "/disputes/\(world.dispute)"
                return Place(action: page + "/answer", page: page)
            },
            RepeatedForm(
                route: "dispute.addEvidence", person: .company, file: ("evidence", Browser.cv)
            ) { world in
                let page = "/disputes/\(world.dispute)"
                return Place(action: page + "/evidence", page: page)
            },
            RepeatedForm(
                route: "dispute.claim", person: .affiliate,
                fields: [("reason", "wrong_amount"), ("amount", "10"), ("text", "Less.")]
            ) { world in
                let commission = try await world.recordedHire().commission
                return Place(action: "/affiliate/commissions/\(commission)/dispute")
            },
            RepeatedForm(
                route: "dispute.object", person: .company,
                fields: [("reason", "never_hired"), ("amount", ""), ("text", "Nobody came.")]
            ) { world in
                let (hire, commission) = try await world.recordedHire()
                return Place(
                    action: "/company/hires/\(hire)/dispute",
                    hidden: [("commission", "\(commission)")])
            },
            RepeatedForm(
                route: "dispute.decide", person: .admin,
                fields: [("outcome", "rejected"), ("reason", "no_evidence"), ("amount", "")]
            ) { world in
                let page = "/admin/disputes/\(world.dispute)"
                return Place(action: page, page: page + "?outcome=rejected&reason=other&amount=")
            },
            RepeatedForm(route: "dispute.withdraw", person: .affiliate) { world in
                let page = "/disputes/\(world.dispute)"
                return Place(action: page + "/withdraw", page: page)
            },
        ]
    }
}
