import Testing

@testable import Domain

@Suite struct `Who owns an introduction` {
    private let job = JobID(1)
    private let otherJob = JobID(2)
    private let ana = AffiliateID(1)
    private let bogdan = AffiliateID(2)
    private let start = Instant(microseconds: 0)

    @Test func `an application through a link belongs to its affiliate`() {
        #expect(decide(affiliate: ana, earlier: []) == .brought(ana))
    }

    @Test func `a candidate who comes alone belongs to nobody`() {
        #expect(decide(affiliate: nil, earlier: []) == .direct)
    }

    @Test func `the second affiliate of a job is refused`() {
        let earlier = [confirmation(1, job, ana, day: 0)]
        #expect(decide(affiliate: bogdan, earlier: earlier) == .duplicate(of: .init(1), .email))
    }

    @Test func `ownership ends after 180 days`() {
        let earlier = [confirmation(1, job, ana, day: 0)]
        #expect(
            decide(affiliate: bogdan, earlier: earlier, day: 179)
                == .duplicate(of: .init(1), .email))
        #expect(decide(affiliate: bogdan, earlier: earlier, day: 180) == .brought(bogdan))
    }

    @Test func `another job of the company goes to the owner when nobody else was confirmed`() {
        let earlier = [confirmation(1, otherJob, ana, day: 0)]
        #expect(decide(affiliate: nil, earlier: earlier) == .carried(ana, from: .init(1)))
        #expect(decide(affiliate: bogdan, earlier: earlier) == .brought(bogdan))
        #expect(decide(affiliate: nil, earlier: earlier, day: 180) == .direct)
    }

    @Test func `of two owners at the company the first confirmed one carries over`() {
        let earlier = [
            confirmation(2, JobID(3), bogdan, day: 2), confirmation(1, otherJob, ana, day: 1),
            confirmation(3, JobID(4), nil, day: 0),
        ]
        #expect(decide(affiliate: nil, earlier: earlier) == .carried(ana, from: .init(1)))
    }

    private func decide(
        affiliate: AffiliateID?, earlier: [Attribution.Confirmation], day: Int = 10
    ) -> Attribution.Decision {
        Attribution.decide(
            job: job, affiliate: affiliate, earlier: earlier, at: start.adding(days: day))
    }

    private func confirmation(
        _ id: Int64, _ job: JobID, _ affiliate: AffiliateID?, day: Int
    ) -> Attribution.Confirmation {
        Attribution.Confirmation(
            introduction: IntroductionID(id), job: job, affiliate: affiliate,
            confirmedAt: start.adding(days: day), match: .email)
    }
}

@Suite struct `Stages` {
    @Test func `a company moves forward, may skip, and never goes back`() throws {
        #expect(try Stage.submitted.moving(to: .interview, by: .company) == .interview)
        #expect(throws: DomainError.conflict(.stage(from: .offer, to: .interview))) {
            try Stage.offer.moving(to: .interview, by: .company)
        }
    }

    @Test func `nobody but the recording of a hire makes one`() throws {
        for mover in StageMover.allCases where mover != .recording {
            for stage in Stage.allCases {
                #expect(!stage.next(for: mover).contains(.hired))
            }
        }
        #expect(try Stage.submitted.moving(to: .hired, by: .recording) == .hired)
    }

    @Test func `a company does nothing with somebody who has not confirmed`() {
        #expect(Stage.unconfirmed.next(for: .company).isEmpty)
        #expect(Stage.unconfirmed.next(for: .recording).isEmpty)
    }

    @Test(arguments: [Stage.hired, .rejected, .withdrawn])
    func `what is over stays over`(stage: Stage) {
        for mover in StageMover.allCases {
            #expect(stage.next(for: mover).isEmpty)
        }
        #expect(throws: DomainError.conflict(.introductionClosed(stage))) {
            try stage.moving(to: .offer, by: .company)
        }
    }

    @Test func `a candidate withdraws from anywhere on the way`() {
        for stage in Stage.way where stage != .hired {
            #expect(stage.next(for: .candidate).contains(.withdrawn))
        }
    }
}

@Suite struct `Jobs and hires` {
    private let today = CalendarDate(daysSinceEpoch: 20_000)

    @Test(arguments: JobState.allCases, JobState.allCases)
    func `a job's steps are those of the contract`(from: JobState, to: JobState) {
        let steps: Set<[JobState]> = [
            [.draft, .published], [.published, .paused], [.paused, .published],
            [.published, .filled], [.published, .closed], [.paused, .filled], [.paused, .closed],
        ]
        #expect(((try? from.moving(to: to)) != nil) == steps.contains([from, to]))
    }

    @Test func `a job is open on its last day and expired the day after`() {
        #expect(JobVisibility(state: .published, validThrough: today, today: today) == .open)
        let tomorrow = today.adding(days: 1)
        let late = JobVisibility(state: .published, validThrough: today, today: tomorrow)
        #expect(late == .expired)
        #expect(late.isGone)
        #expect(!JobVisibility(state: .paused, validThrough: today, today: today).isGone)
    }

    @Test func `a salary has two ends in one currency`() {
        #expect(throws: ValidationError(.salaryMax, .minAboveMax)) {
            try SalaryRange(min: .euros(3000), max: .euros(2000), period: .month)
        }
        #expect(throws: ValidationError(.salaryCurrency, .currencyMismatch)) {
            try SalaryRange(min: .euros(3000), max: .lei(4000), period: .month)
        }
    }

    @Test func `only remote work needs no town`() throws {
        let remote = try Location(country: .romania, city: nil, remote: .full)
        #expect(remote.city == nil)
        #expect(throws: ValidationError(.city, .missing)) {
            try Location(country: .romania, city: nil, remote: .hybrid)
        }
    }

    @Test(arguments: [-1, 367])
    func `the last day of a job is neither past nor beyond a year`(days: Int) {
        #expect(throws: ValidationError.self) {
            try JobDetails.checkValidThrough(today.adding(days: days), today: today)
        }
    }

    @Test func `a hire starts after its introduction`() {
        #expect(throws: ValidationError(.startsOn, .inThePast)) {
            try HireStart.check(today.adding(days: -1), introducedOn: today, today: today)
        }
    }

    @Test func `a file that is no PDF is refused`() throws {
        #expect(throws: ValidationError(.cv, .wrongFileType)) {
            try CVFile(name: "cv.pdf", bytes: Array("MZ".utf8))
        }
        let file = try CVFile(name: #"C:\docs\my "cv".pdf"#, bytes: Array("%PDF-1.7".utf8))
        #expect(file.name.text == "my cv.pdf")
    }

    @Test func `a file over the bound is refused`() {
        let bytes = Array("%PDF-".utf8) + [UInt8](repeating: 0, count: CVFile.bytesMax)
        #expect(throws: ValidationError(.cv, .tooLarge(bytesMax: CVFile.bytesMax))) {
            try CVFile(name: "cv.pdf", bytes: bytes)
        }
    }
}

@Suite struct `Self-dealing` {
    @Test func `an affiliate who is the candidate is flagged, dots or not`() throws {
        let affiliate = SelfDealing.Identity(email: try EmailAddress("a.na@gmail.com"), phone: nil)
        let candidate = SelfDealing.Identity(email: try EmailAddress("Ana@gmail.com"), phone: nil)
        let flags = SelfDealing.flags(
            candidate: candidate, affiliate: affiliate, companyPeople: [])
        #expect(flags == [.candidateIsAffiliate])
    }

    @Test func `an affiliate who is the company is flagged`() throws {
        let affiliate = SelfDealing.Identity(email: try EmailAddress("a.na@gmail.com"), phone: nil)
        let person = SelfDealing.Identity(email: try EmailAddress("ana@gmail.com"), phone: nil)
        let other = SelfDealing.Identity(email: try EmailAddress("x@example.com"), phone: nil)
        let flags = SelfDealing.flags(
            candidate: other, affiliate: affiliate, companyPeople: [other, person])
        #expect(flags == [.companyIsAffiliate])
    }

    @Test func `people without telephones are not the same person`() throws {
        let one = SelfDealing.Identity(email: try EmailAddress("a@example.com"), phone: nil)
        let two = SelfDealing.Identity(email: try EmailAddress("b@example.com"), phone: nil)
        #expect(SelfDealing.flags(candidate: one, affiliate: two, companyPeople: [one]).isEmpty)
    }
}

@Suite struct `Passwords` {
    @Test(arguments: [
        ("", ValidationError.Reason.missing), ("short", .tooShort(min: 10)),
        ("aaaaaaaaaaaa", .tooCommon), ("Password123!", .tooCommon),
        ("anapop-2026!", .containsPersonalData),
    ])
    func `a weak password is refused with its reason`(
        text: String, reason: ValidationError.Reason
    ) throws {
        let email = try EmailAddress("anapop@example.com")
        #expect(throws: ValidationError(.password, reason)) {
            try NewPassword(text, email: email, name: "Ana Pop")
        }
    }

    @Test func `a sentence is a fine password`() throws {
        let password = try NewPassword("patru cai verzi pe pereți", email: nil, name: nil)
        #expect(throws: ValidationError(.passwordAgain, .doesNotMatch)) {
            try password.check(again: "patru cai verzi")
        }
    }
}
