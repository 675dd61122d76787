import Domain
import HTML

/// One candidate for the company: papers, history, and what can be done next.
package struct IntroductionPage: Page {
    let id: IntroductionID
    let candidate: Candidate
    let job: (id: JobID, title: JobTitle)
    let stage: Stage
    let affiliate: PersonName?
    let history: [HistoryRow]
    let hire: Hire?
    let commission: Money?
    let input: FormInput
    let idempotencyKey: String

    /// Who the candidate is and what they sent.
    package struct Candidate: Sendable {
        package let name: PersonName
        package let email: EmailAddress
        package let phone: PhoneNumber?
        package let message: CoverMessage
        /// What whoever recommended them says; empty for an application.
        package let recommendation: CoverMessage
        package let cvName: FileName?

        package init(
            name: PersonName, email: EmailAddress, phone: PhoneNumber?, message: CoverMessage,
            recommendation: CoverMessage, cvName: FileName?
        ) {
            self.name = name
            self.email = email
            self.phone = phone
            self.message = message
            self.recommendation = recommendation
            self.cvName = cvName
        }
    }

    /// A hire of this candidate that was reported.
    package struct Hire: Sendable {
        package let state: HireState
        package let startsOn: CalendarDate

        package init(state: HireState, startsOn: CalendarDate) {
            self.state = state
            self.startsOn = startsOn
        }
    }

    /// - Parameters:
    ///   - affiliate: who brought the candidate; nil for one who came alone.
    ///   - history: oldest first.
    ///   - commission: what a hire of this candidate costs; nil when nobody brought them.
    ///   - input: what was typed into the form that was refused; its fields tell which one it was.
    ///   - idempotencyKey: of the form that reports the hire.
    package init(
        id: IntroductionID, candidate: Candidate, job: (id: JobID, title: JobTitle),
        stage: Stage, affiliate: PersonName?, history: [HistoryRow], hire: Hire?,
        commission: Money?, input: FormInput = FormInput(), idempotencyKey: String
    ) {
        self.id = id
        self.candidate = candidate
        self.job = job
        self.stage = stage
        self.affiliate = affiliate
        self.history = history
        self.hire = hire
        self.commission = commission
        self.input = input
        self.idempotencyKey = idempotencyKey
    }

    package var section: Section { .companyJobs }

    package func title(_ texts: Texts) -> String { candidate.name.text }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        html.backLink(job.title.text, Links.companyJob(job.id), context)
        html.heading(candidate.name.text)
        html.errorSummary(Form(input, context))
        html(.div, .class("job-columns")) { html in
            html(.div) { html in
                papers(&html, context)
                html(.section) { html in
                    html(.h2, text: context.texts.company.history)
                    html.stageHistory(history, context)
                }
            }
            html(.div, .class("job-side")) { html in
                state(&html, context)
                if !stage.isFinal && hire == nil { steps(&html, context) }
            }
        }
    }

    private func papers(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.section, .class("card")) { html in
            html(.dl, .class("facts")) { html in
                html.fact(texts.form.label(.email)) { html in
                    html(.a, .href(.mail(candidate.email.text)), text: candidate.email.text)
                }
                if let phone = candidate.phone {
                    html.fact(texts.form.label(.phone)) { html in
                        html(.a, .href(.telephone(phone.text)), text: phone.text)
                    }
                }
                html.fact(
                    texts.company.introducedBy, text: affiliate?.text ?? texts.company.cameAlone)
                html.fact(texts.company.cv) { html in
                    guard let cvName = candidate.cvName else {
                        html.text(texts.company.noCV)
                        return
                    }
                    html(.a, .href(Links.cv(id)), text: texts.company.downloadCV)
                    html(.span, .class("muted"), text: cvName.text)
                }
            }
            if let affiliate, !candidate.recommendation.text.isEmpty {
                html(.h2, text: texts.recommendation.saysOfCandidate(affiliate.text))
                html.prose(candidate.recommendation.text)
            }
            html(.h2, text: texts.company.message)
            if candidate.message.text.isEmpty {
                html(.p, .class("muted"), text: texts.company.noMessage)
            } else {
                html.prose(candidate.message.text)
            }
        }
    }

    private func state(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.section, .class("card")) { html in
            html(.p) { html in html.badge(stage, texts) }
            if let hire {
                html(.p) { html in
                    html.badge(hire.state, texts)
                    html.text(" " + texts.company.startsOn + ": ")
                    html.date(hire.startsOn, texts)
                }
                if hire.state == .reported { html(.p, text: texts.company.hireReported) }
            }
        }
    }

    private func steps(_ html: inout HTMLPrinter, _ context: PageContext) {
        let next = stage.next(for: .company)
        let ahead = next.filter { $0 != .rejected }
        if !ahead.isEmpty { moveForm(ahead, &html, context) }
        if stage != .unconfirmed { hireForm(&html, context) }
        if next.contains(.rejected) { rejectForm(&html, context) }
    }

    private func moveForm(
        _ stages: [Stage], _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        html(.section, .class("card")) { html in
            html(.h2, text: texts.company.moveTitle)
            html.postForm(Links.moveStage(id), context) { html in
                html.selectField(
                    .stage, Form(input, context), FieldNote(label: texts.company.moveTo),
                    hasEmptyChoice: false,
                    options: stages.map { ($0.rawValue, texts.value.stage($0)) })
                noteField(
                    &html, context, id: "move-note", hint: texts.company.moveNoteHint,
                    isOfRejection: false)
                html(.button, .type("submit"), text: texts.company.move)
            }
        }
    }

    private func hireForm(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.company
        html(.section, .class("card vouch-card")) { html in
            html(.h2, text: texts.hireTitle)
            html(
                .p,
                text: commission.map { texts.owesForHire(context.texts.value.money($0)) }
                    ?? texts.owesNobody)
            html.postForm(Links.reportHire(id), context) { html in
                html.idempotencyKey(idempotencyKey)
                html.textField(.startsOn, Form(input, context), attributes: [.type("date")])
                html(.button, .type("submit"), text: texts.reportHire)
            }
        }
    }

    private func rejectForm(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let isOpen = input.failure != nil && isRejection
        html(.details, .class("card"), .open(isOpen)) { html in
            html(.summary, text: texts.company.rejectTitle)
            html(.p, .class("hint"), text: texts.company.rejectHint)
            html.postForm(Links.moveStage(id), context) { html in
                html(.input, .type("hidden"), .name("stage"), .value(Stage.rejected.rawValue))
                html.selectField(
                    .reason, Form(input, context),
                    options: RejectionReason.allCases.map {
                        ($0.rawValue, texts.value.rejection($0))
                    })
                noteField(&html, context, id: "reject-note", hint: nil, isOfRejection: true)
                html(.button, .type("submit"), .class("danger"), text: texts.company.reject)
            }
        }
    }

    /// Whether the form that was sent is the one that rejects.
    private var isRejection: Bool { input[.stage] == Stage.rejected.rawValue }

    /// The note stands in two forms of the page, so its control has an id of each form; what was
    /// typed, and what is wrong with it, stands in the form that was sent.
    private func noteField(
        _ html: inout HTMLPrinter, _ context: PageContext, id: String, hint: String?,
        isOfRejection: Bool
    ) {
        let wasSent = isOfRejection == isRejection
        guard !wasSent || input.error(of: .note) == nil else {
            html.textArea(
                .note, Form(input, context), FieldNote(hint: hint, isOptional: true), rows: 3,
                attributes: [.maxLength(TextRules.Note.lengthMax)])
            return
        }
        html(.div, .class("field")) { html in
            html(.label, .for(id)) { html in
                html.text(context.texts.form.label(.note))
                html(.span, .class("optional"), text: context.texts.common.optional)
            }
            if let hint { html(.p, .class("hint"), .id(id + "-hint"), text: hint) }
            html.textArea(
                [
                    .id(id), .name("note"), .rows(3), .maxLength(TextRules.Note.lengthMax),
                    .when(hint != nil, .ariaDescribedBy(id + "-hint")),
                ], text: wasSent ? input[.note] : "")
        }
    }
}
