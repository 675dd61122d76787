import Domain

/// The desk of an affiliate.
package struct AffiliateTexts: TextGroup {
    let voice: Voice
}

// MARK: - What was won

extension AffiliateTexts {
    func hello(_ name: String) -> String { say("Hello, \(name)", "Salut, \(name)") }
    func won(_ amount: String) -> String { say("You won \(amount)", "Ai câștigat \(amount)") }
    func takenBack(_ amount: String) -> String {
        say("Taken back: \(amount)", "Anulat: \(amount)")
    }
    func hiredFor(_ person: String, _ job: String, _ company: String) -> String {
        say(
            "\(person) was hired as \(job) at \(company).",
            "\(person) a fost angajat(ă) ca \(job) la \(company).")
    }
    var overviewLead: String {
        say("What you won, why, and when it is paid.", "Ce ai câștigat, de ce și când se plătește.")
    }
    var news: String { say("News", "Noutăți") }
    func payout(_ amount: String) -> String {
        say("Payout of \(amount)", "Plată de \(amount)")
    }
    var wonTitle: String { say("Your commissions", "Comisioanele tale") }
    var nothingWon: String { say("Nothing won yet", "Încă niciun câștig") }
    var nothingWonHint: String {
        say(
            "Find a job that fits somebody you know, take your link, and send it to them.",
            "Găsește un job potrivit pentru un cunoscut, ia-ți linkul și trimite-i-l.")
    }
    var guaranteeRunning: String { say("In guarantee", "În garanție") }
    var toBePaid: String { say("To be paid", "De plătit") }
    var paid: String { say("Paid", "Plătit") }
    var introductionsRunning: String { say("Introductions running", "Recomandări în curs") }
    var clicks: String { say("Clicks", "Clicuri") }
    var why: String { say("Why", "De ce") }
    var underTerms: String { say("Under which terms", "În ce condiții") }
    var whenPaid: String { say("What happens next", "Ce urmează") }
    var recorded: String { say("Recorded", "Înregistrată") }
    var explained: String { say("How this came about", "Cum s-a ajuns aici") }
    var commissionTitle: String { say("Commission", "Comision") }
    var viaChannel: String { say("Channel", "Canal") }
    var noChannel: String { say("No channel", "Fără canal") }
    var carriedOver: String {
        say(
            "You introduced this person to another job of the company before; that introduction counts.",
            "Ai recomandat această persoană pentru alt job al companiei; acea recomandare contează."
        )
    }

    func terms(_ version: Int, _ commission: String, _ guarantee: String) -> String {
        say(
            "Version \(version) of the terms: \(commission) for a hire, guarantee \(guarantee).",
            "Versiunea \(version) a condițiilor: \(commission) pentru o angajare, garanție \(guarantee)."
        )
    }
    func instalment(_ number: Int, _ count: Int, _ share: String) -> String {
        say(
            "Instalment \(number) of \(count), \(share) of the commission.",
            "Tranșa \(number) din \(count), \(share) din comision.")
    }
    func remainder(_ amount: String) -> String {
        say(
            "It includes \(amount) that could not be divided.",
            "Include \(amount) care nu s-a putut împărți.")
    }

    /// Rule 7: what must happen next, and when.
    func next(_ step: Explanation.NextStep, today: CalendarDate) -> String {
        let value = ValueTexts(voice: voice)
        switch step {
        case .guaranteeEnds(let date):
            let day = value.date(date)
            let distance = value.distance(to: date, from: today)
            return say(
                "The guarantee ends on \(day), \(distance). Then it is approved and paid with the next batch.",
                "Garanția se încheie la \(day), \(distance). Apoi comisionul este aprobat și plătit cu următorul lot."
            )
        case .approval(let date):
            let day = value.date(date)
            return say(
                "The guarantee ended on \(day). An administrator approves it now.",
                "Garanția s-a încheiat la \(day). Urmează aprobarea unui administrator.")
        case .payoutBatch:
            return say(
                "Approved: it is paid with the next batch.",
                "Aprobat: se plătește cu următorul lot.")
        case .bankTransfer:
            return say("Your bank has it on the way.", "Este în drum spre banca ta.")
        case .paid(let date):
            let day = value.date(date)
            return say("Paid on \(day).", "Plătit la \(day).")
        case .decision(let reason, _):
            let why = reason.map(value.commissionReason) ?? value.commissionReason(.disputed)
            return say(
                "On hold: \(why). An administrator decides.",
                "Suspendat: \(why). Decide un administrator.")
        case .reversed(let reason, _):
            let why = reason.map(value.commissionReason) ?? value.commissionReason(.other)
            return say("Taken back: \(why).", "Anulat: \(why).")
        }
    }
}

// MARK: - Jobs and links

extension AffiliateTexts {
    var findTitle: String { say("Find jobs", "Găsește joburi") }
    var findLead: String {
        say("What each hire pays you.", "Cât îți plătește fiecare angajare.")
    }
    var takeLink: String { say("Take a link", "Ia un link") }
    var linkReady: String { say("Your link", "Linkul tău") }
    var shareIt: String {
        say(
            "Send it to the person, or share it where the right people read.",
            "Trimite-l persoanei potrivite sau distribuie-l unde citesc oamenii potriviți.")
    }
    var channelHint: String {
        say(
            "Your own name for the place where you share it, such as “newsletter”. Only you see it.",
            "Numele tău pentru locul unde îl distribui, de exemplu „newsletter”. Doar tu îl vezi.")
    }
    var termsNow: String { say("What a hire pays", "Cât plătește o angajare") }
    var linksOfJob: String { say("Your links to this job", "Linkurile tale pentru acest job") }
    var linksTitle: String { say("My links", "Linkurile mele") }
    var linksLead: String {
        say("Where you share them and what came of it.", "Unde le distribui și ce a ieșit.")
    }
    var noLinks: String { say("You have no links yet", "Nu ai încă linkuri") }
    var noLinksHint: String {
        say("Find a job and take your first link.", "Găsește un job și ia-ți primul link.")
    }
    var link: String { say("Link", "Link") }
    var channel: String { say("Channel", "Canal") }
    var introductions: String { say("Introductions", "Recomandări") }
    var job: String { say("Job", "Job") }

    func takeLinkTitle(_ job: String) -> String {
        say("Recommend for \(job)", "Recomandă pentru \(job)")
    }
}

// MARK: - Introductions

extension AffiliateTexts {
    var introductionsTitle: String { say("My introductions", "Recomandările mele") }
    var introductionsLead: String {
        say("Every stage of everybody you brought.", "Fiecare etapă a fiecărui om adus de tine.")
    }
    var noIntroductions: String { say("No introductions yet", "Încă nicio recomandare") }
    var noIntroductionsHint: String {
        say(
            "Whoever applies through one of your links appears here.",
            "Cine aplică printr-un link al tău apare aici.")
    }
    var person: String { say("Person", "Persoana") }
    var stage: String { say("Stage", "Etapa") }
    var changed: String { say("Changed", "Modificat") }
    var promised: String { say("Promised", "Promis") }
}
