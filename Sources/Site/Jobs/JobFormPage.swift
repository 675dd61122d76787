import Domain
import HTML

/// The form in which a company writes a job.
package struct JobFormPage: Page {
    let job: (id: JobID, title: JobTitle)?
    let input: FormInput
    let isPublished: Bool

    /// - Parameters:
    ///   - job: the job that is edited; nil for a new one.
    ///   - isPublished: whether the job is public, so that saving changes what people see.
    package init(
        job: (id: JobID, title: JobTitle)? = nil, input: FormInput, isPublished: Bool = false
    ) {
        self.job = job
        self.input = input
        self.isPublished = isPublished
    }

    /// What a form for a new job begins with: euros by the month, the usual guarantee.
    package static let defaults = FormInput([
        .employmentType: EmploymentType.fullTime.rawValue,
        .country: CountryCode.romania.text,
        .remote: Remote.onSite.rawValue,
        .salaryCurrency: Currency.eur.rawValue,
        .salaryPeriod: SalaryPeriod.month.rawValue,
        .commissionCurrency: Currency.eur.rawValue,
        .guaranteeDays: String(TermsOffer.guaranteeDaysDefault),
    ])

    package var section: Section { .companyJobs }

    package func title(_ texts: Texts) -> String {
        job.map { texts.company.editTitle($0.title.text) } ?? texts.company.newJobTitle
    }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html(.div, .class("form-page")) { html in
            html.backLink(
                texts.company.jobsTitle, job.map { Links.companyJob($0.id) } ?? Links.companyJobs,
                context)
            html.heading(
                title(texts), lead: job == nil ? texts.company.newJobLead : nil)
            html.errorSummary(form)
            html.postForm(job.map { Links.editJob($0.id) } ?? Links.newJob, context) { html in
                jobFields(&html, form)
                payFields(&html, form)
                promiseFields(&html, form)
                html(.div, .class("form-actions")) { html in
                    html(
                        .button, .type("submit"),
                        text: job == nil ? texts.company.saveDraft : texts.company.saveChanges)
                    html(
                        .a, .class("button quiet"),
                        .href(job.map { Links.companyJob($0.id) } ?? Links.companyJobs),
                        text: texts.common.cancel)
                }
            }
        }
    }

    private func jobFields(_ html: inout HTMLPrinter, _ form: Form) {
        let texts = form.context.texts
        html(.fieldset) { html in
            html(.legend, text: texts.company.theJob)
            html.textField(
                .title, form,
                attributes: [.type("text"), .maxLength(TextRules.JobTitle.lengthMax)])
            html.textArea(
                .description, form, FieldNote(hint: texts.company.descriptionHint), rows: 14,
                attributes: [.maxLength(TextRules.JobDescription.lengthMax)])
            html(.div, .class("field-row")) { html in
                html.selectField(
                    .employmentType, form, hasEmptyChoice: false,
                    options: EmploymentType.allCases.map {
                        ($0.rawValue, texts.value.employmentType($0))
                    })
                html.selectField(
                    .remote, form, hasEmptyChoice: false,
                    options: Remote.allCases.map { ($0.rawValue, texts.value.remote($0)) })
            }
            html(.div, .class("field-row")) { html in
                html.selectField(
                    .country, form, hasEmptyChoice: false,
                    options: texts.value.countries.map { ($0.code.text, $0.name) })
                html.textField(
                    .city, form, FieldNote(hint: texts.company.cityHint, isOptional: true),
                    attributes: [.type("text"), .maxLength(TextRules.City.lengthMax)])
            }
            html.textField(
                .validThrough, form, FieldNote(isNarrow: true), attributes: [.type("date")])
        }
    }

    private func payFields(_ html: inout HTMLPrinter, _ form: Form) {
        let texts = form.context.texts
        html(.fieldset) { html in
            html(.legend, text: texts.company.payForIt)
            html(.p, .class("hint"), text: texts.company.payHint)
            html(.div, .class("field-row four")) { html in
                html.amountField(.salaryMin, form)
                html.amountField(.salaryMax, form)
                html.currencyField(.salaryCurrency, form)
                html.selectField(
                    .salaryPeriod, form, hasEmptyChoice: false,
                    options: [SalaryPeriod.month, .year, .day, .hour].map {
                        ($0.rawValue, texts.value.salaryPeriod($0))
                    })
            }
            if let error = form.input.error(of: .salary) {
                html(.p, .class("error"), .id(HTMLPrinter.id(.salary))) { html in
                    html(.span, .class("visually-hidden"), text: texts.form.errorPrefix)
                    html.text(texts.form.problem(error))
                }
            }
        }
    }

    private func promiseFields(_ html: inout HTMLPrinter, _ form: Form) {
        let texts = form.context.texts.company
        html(.fieldset) { html in
            html(.legend, text: texts.promise)
            html(.p, .class("hint"), text: texts.promiseHint)
            html(.div, .class("field-row")) { html in
                html.amountField(.commission, form)
                html.currencyField(.commissionCurrency, form)
            }
            html.textField(
                .guaranteeDays, form, FieldNote(hint: texts.guaranteeHint, isNarrow: true),
                attributes: [.type("text"), .inputMode("numeric"), .maxLength(4)])
            html.textField(
                .instalments, form,
                FieldNote(hint: texts.instalmentsHint, isOptional: true, isNarrow: true),
                attributes: [.type("text"), .maxLength(40)])
        }
    }
}

extension HTMLPrinter {
    fileprivate mutating func amountField(_ field: ValidationError.Field, _ form: Form) {
        textField(
            field, form,
            attributes: [.type("text"), .inputMode("decimal"), .maxLength(20)])
    }

    fileprivate mutating func currencyField(_ field: ValidationError.Field, _ form: Form) {
        selectField(
            field, form, hasEmptyChoice: false,
            options: Currency.allCases.map { ($0.rawValue, $0.rawValue) })
    }
}
