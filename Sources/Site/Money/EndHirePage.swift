import Domain
import HTML

/// A decision about a hire: what happened, then what follows from it, then the button that does it.
package struct EndHirePage: Page {
    let hire: AdminHireRow
    let consequences: HireConsequences?
    let input: FormInput

    /// - Parameter consequences: of what was chosen; nil before that.
    package init(
        hire: AdminHireRow, consequences: HireConsequences? = nil, input: FormInput = FormInput()
    ) {
        self.hire = hire
        self.consequences = consequences
        self.input = input
    }

    package var section: Section { .adminHires }

    package func title(_ texts: Texts) -> String { texts.money.endTitle }

    package func body(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        html.backLink(texts.admin.queueTitle, Links.adminHires, context)
        html.heading(
            texts.money.endTitle,
            lead: texts.job.titleAtCompany(
                hire.candidate.text + " · " + hire.job.text, hire.company.text))
        html.errorSummary(Form(input, context))
        html(.div, .class("job-columns")) { html in
            html(.div) { html in choice(&html, context) }
            html(.div, .class("job-side")) { html in
                if let consequences { effects(consequences, &html, context) }
            }
        }
    }

    private func choice(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts
        let form = Form(input, context)
        html(
            .form, .method(.get), .action(Links.endHire(hire.id)), .class("form card"), .noValidate
        ) { html in
            html.selectField(
                .outcome, form, FieldNote(label: texts.money.whatHappened),
                options: HireDeedForm.targets(of: hire.state).map {
                    ($0.rawValue, texts.money.deed($0))
                })
            html.selectField(
                .reason, form, FieldNote(isOptional: true),
                options: CommissionReason.allCases.map {
                    ($0.rawValue, texts.value.commissionReason($0))
                })
            html.textField(
                .leftOn, form,
                FieldNote(hint: texts.money.leftOnHint, isOptional: true, isNarrow: true),
                attributes: [.type("date")])
            html.textArea(
                .note, form, FieldNote(hint: texts.money.noteHint, isOptional: true), rows: 3,
                attributes: [.maxLength(TextRules.Note.lengthMax)])
            html(.button, .type("submit"), .class("quiet"), text: texts.money.showConsequences)
        }
    }

    private func effects(
        _ consequences: HireConsequences, _ html: inout HTMLPrinter, _ context: PageContext
    ) {
        let texts = context.texts
        html(.section, .class("card vouch-card")) { html in
            html(.h2, text: texts.money.consequences)
            html(.ul, .class("ticks")) { html in
                for line in lines(consequences, texts) { html(.li, text: line) }
            }
            html.postForm(Links.endHire(hire.id), context) { html in
                for field in [
                    ValidationError.Field.outcome, .reason, .leftOn, .note,
                ] {
                    html(
                        .input, .type("hidden"), .name(field.rawValue), .value(input[field]))
                }
                html(
                    .input, .type("hidden"), .name(HireDeedForm.fingerprint),
                    .value(consequences.fingerprint.text))
                html(
                    .button, .type("submit"), .class("large wide"), text: texts.money.doIt)
            }
        }
    }

    private func lines(_ consequences: HireConsequences, _ texts: Texts) -> [String] {
        let (money, value) = (texts.money, texts.value)
        var lines = [money.hireBecomes(value.hireState(consequences.to))]
        lines += consequences.reversals.map { reversal in
            switch reversal.way {
            case .inPlace:
                money.reversed(value.money(reversal.amount), due: value.date(reversal.dueOn))
            case .clawback: money.takenBack(value.money(reversal.amount))
            }
        }
        lines += consequences.kept.map {
            money.stays(value.money($0.amount), value.commissionState($0.state))
        }
        return lines
            + consequences.told.map { told in
                switch told {
                case .affiliate: money.tells(hire.affiliate?.text ?? texts.admin.affiliate)
                case .company: money.tells(hire.company.text)
                case .admin: money.tellsAdmin
                }
            }
    }
}

/// What an admin chose about a hire, as its form says it.
struct HireDeedForm {
    let deed: HireDeed

    /// The name of the field that carries the preview's fingerprint.
    static let fingerprint = "fingerprint"

    /// Where a hire can be taken from a state.
    static func targets(of state: HireState) -> [HireState] {
        [HireState.confirmed, .leftEarly, .cancelled].filter { state.next.contains($0) }
    }

    init(_ fields: Fields) throws(DomainError) {
        var validation = Validation()
        let note = validation.read { () throws(ValidationError) in try Note(fields[.note]) }
        switch HireState(rawValue: fields[.outcome]) {
        case .confirmed:
            try validation.finish()
            deed = .confirm
        case .cancelled:
            let reason = CommissionReason(rawValue: fields[.reason])
            if reason == nil {
                validation.refuse(.reason, fields[.reason].isEmpty ? .missing : .unsupported)
            }
            try validation.finish()
            deed = .cancel(reason ?? .other, note: note ?? Note(stored: ""))
        case .leftEarly:
            let day = CalendarDate(fields[.leftOn])
            if day == nil {
                validation.refuse(.leftOn, fields[.leftOn].isEmpty ? .missing : .malformed)
            }
            try validation.finish()
            guard let day else { throw .invalid(validation.errors) }
            deed = .leftEarly(on: day, note: note ?? Note(stored: ""))
        default:
            validation.refuse(.outcome, fields[.outcome].isEmpty ? .missing : .unsupported)
            throw .invalid(validation.errors)
        }
    }
}
