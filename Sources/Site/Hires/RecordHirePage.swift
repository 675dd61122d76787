import Domain
import HTML

/// One reported hire for an admin: what was reported, and what recording it does, before it is done.
package struct RecordHirePage: Page {
    let hire: AdminHireRow
    let terms: (version: Int, offer: TermsOffer)?
    let schedule: CommissionSchedule?
    let history: [HistoryRow]
    let idempotencyKey: String
    let input: FormInput

    /// - Parameters:
    ///   - terms: the version bound to the introduction; nil when nobody brought the candidate.
    ///   - schedule: the commission rows that recording makes; nil likewise.
    ///   - idempotencyKey: makes one hire of a button that is pressed twice.
    package init(
        hire: AdminHireRow, terms: (version: Int, offer: TermsOffer)?,
        schedule: CommissionSchedule?, history: [HistoryRow], idempotencyKey: String,
        input: FormInput = FormInput()
    ) {
        self.hire = hire
        self.terms = terms
        self.schedule = schedule
        self.history = history
        self.idempotencyKey = idempotencyKey
        self.input = input
    }

    package var section: Section { .adminHires }

    package func title(_ texts: Texts) -> String { texts.admin.recordTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.admin.queueTitle, Links.adminHires, context)
        html.heading(
            texts.admin.recordTitle,
            lead: texts.job.titleAtCompany(
                hire.candidate.text + " · " + hire.job.text, hire.company.text))
        html.errorSummary(Form(input, context))
        if !hire.flags.isEmpty { attention(&html, context) }
        html(.div, .class("job-columns")) { html in
            html(.div) { html in
                reported(&html, context)
                html(.section) { html in
                    html(.h2, text: texts.company.history)
                    html.stageHistory(history, context)
                }
            }
            html(.div, .class("job-side")) { html in consequences(&html, context) }
        }
    }

    private func attention(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.div, .class("error-summary attention")) { html in
            html(.h2, text: texts.admin.attention)
            html(.ul) { html in
                for flag in hire.flags { html(.li, text: texts.value.selfDealing(flag)) }
            }
        }
    }

    private func reported(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html(.section, .class("card")) { html in
            html(.h2, text: texts.admin.whatWasReported)
            html(.dl, .class("facts")) { html in
                html.fact(texts.common.state) { html in html.badge(hire.state, texts) }
                html.fact(texts.admin.candidate, text: hire.candidate.text)
                html.fact(texts.admin.job, text: hire.job.text)
                html.fact(texts.admin.company, text: hire.company.text)
                html.fact(
                    texts.admin.affiliate, text: hire.affiliate?.text ?? texts.admin.nobody)
                html.fact(texts.admin.startsOn) { html in html.date(hire.startsOn, texts) }
                html.fact(texts.admin.reportedOn) { html in
                    html.moment(hire.reportedAt, texts)
                }
                if let terms {
                    html.fact(
                        texts.admin.termsBound,
                        text: texts.affiliate.terms(
                            terms.version, texts.value.money(terms.offer.commission),
                            texts.value.days(terms.offer.guaranteeDays)))
                }
            }
        }
    }

    private func consequences(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.admin
        let isOpen = hire.state == .reported
        html(.section, .class("card vouch-card")) { html in
            html(.h2, text: isOpen ? texts.consequences : texts.recordedAlready)
            if isOpen { html(.p, .class("muted"), text: texts.consequencesLead) }
            html(.ul, .class("ticks")) { html in
                for line in effects(context.texts) { html(.li, text: line) }
            }
            if let schedule { instalments(schedule, &html, context) }
            if isOpen {
                html.postForm(Links.recordHire(hire.id), context) { html in
                    html.idempotencyKey(idempotencyKey)
                    html(.button, .type("submit"), .class("large wide"), text: texts.record)
                }
            }
            if !HireDeedForm.targets(of: hire.state).isEmpty {
                let money = context.texts.money
                html(
                    .a, .class("button quiet"), .href(Links.endHire(hire.id)),
                    text: isOpen ? money.refuseLink : money.endLink)
            }
            if !isOpen, hire.affiliate != nil {
                html(
                    .a, .class("button quiet"), .href(Links.grantCommission(hire.id)),
                    text: texts.grantLink)
            }
            html(.p) { html in
                let filter = AuditFilter(subject: "hire", id: hire.id.rawValue)
                html(.a, .href(Links.adminAudit(filter)), text: texts.logOfThis)
            }
        }
    }

    private func effects(_ texts: Texts) -> [String] {
        var lines = [texts.admin.candidateBecomesHired(hire.candidate.text)]
        if let affiliate = hire.affiliate, let commission = hire.commission {
            let amount = texts.value.money(commission)
            lines.append(texts.admin.affiliateWins(affiliate.text, amount))
            lines.append(texts.admin.companyOwes(hire.company.text, amount))
        } else {
            lines.append(texts.admin.nobodyWins)
        }
        lines.append(texts.admin.auditWritten)
        return lines
    }

    private func instalments(
        _ schedule: CommissionSchedule, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        let table = Table(
            caption: texts.admin.commission,
            columns: [
                Table.Column(name: texts.admin.instalment),
                Table.Column(name: texts.admin.due),
                Table.Column(name: texts.admin.amount, isNumeric: true),
            ])
        html.table(table, rows: schedule.instalments) { instalment, row, html in
            row.header(&html) { html in
                html.text("\(instalment.number)/\(instalment.count)")
            }
            row.cell(&html) { html in html.date(instalment.dueOn, texts) }
            row.cell(&html) { html in html.money(instalment.amount, texts) }
        }
    }
}
