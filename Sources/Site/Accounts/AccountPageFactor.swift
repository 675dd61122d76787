import HTML

// Whether there is a second factor, and the way to its page.

extension AccountPage {
    func factorSection(_ html: inout HTMLPrinter, _ context: PageContext) {
        let texts = context.texts.factor
        html(.section, .class("card"), .ariaLabelledBy("factor")) { html in
            html(.h2, .id("factor"), text: texts.title)
            html(.p, text: hasSecondFactor ? texts.isOn : texts.isOff)
            html(
                .a, .class("button quiet"), .href(Links.secondFactor),
                text: hasSecondFactor ? texts.manage : texts.setUp)
        }
    }
}
