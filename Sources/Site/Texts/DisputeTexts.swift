import Domain
import Store

/// Disputes about commissions.
package struct DisputeTexts: TextGroup {
    let voice: Voice
}

// MARK: - Where they stand

extension DisputeTexts {
    var title: String { say("Dispute", "Dispută") }
    var listTitle: String { say("Disputes", "Dispute") }
    var none: String { say("No disputes", "Nicio dispută") }
    var older: String { say("Older ones", "Mai vechi") }
    var back: String { say("Back", "Înapoi") }
    var openedBy: String { say("Opened by", "Deschisă de") }
    var openedOn: String { say("Opened on", "Deschisă la") }
    var reasonName: String { say("Reason", "Motiv") }
    var until: String { say("Answer until", "Răspuns până la") }
    var amount: String { say("Disputed", "Sumă disputată") }
    var affiliate: String { say("Affiliate", "Afiliat") }
    var heldName: String { say("Held meanwhile", "Reținut între timp") }
    var nothingHeld: String { say("nothing", "nimic") }
    var whatNext: String { say("What happens next", "Ce urmează") }
    var howItEnded: String { say("How it ended", "Cum s-a încheiat") }
    var said: String { say("What was said", "Ce s-a spus") }
    var evidence: String { say("Evidence", "Dovezi") }
    var noEvidence: String { say("No files yet.", "Încă niciun fișier.") }

    func about(_ amount: String) -> String {
        say("Dispute about \(amount)", "Dispută despre \(amount)")
    }

    func listLead(_ role: Role) -> String {
        switch role {
        case .admin:
            say(
                "Those that both sides have spoken in wait for you.",
                "Cele în care ambele părți au vorbit te așteaptă pe tine.")
        case .company, .affiliate:
            say(
                "Each side has \(DisputeRules.daysToSpeak) days to speak; then an admin decides.",
                "Fiecare parte are \(DisputeRules.daysToSpeak) zile să vorbească; apoi decide un administrator."
            )
        }
    }

    func noneHint(_ role: Role) -> String {
        switch role {
        case .admin: say("Nothing has to be decided.", "Nu este nimic de hotărât.")
        case .company:
            say(
                "You can open one from a hire, for a commission that is not paid yet.",
                "Poți deschide una de la o angajare, pentru un comision încă neplătit.")
        case .affiliate:
            say(
                "You can open one from the page of a commission.",
                "Poți deschide una din pagina unui comision.")
        }
    }

    func side(_ side: DisputeSide) -> String {
        switch side {
        case .affiliate: say("Affiliate", "Afiliat")
        case .company: say("Company", "Compania")
        }
    }

    func state(_ state: DisputeState) -> String {
        switch state {
        case .open: say("Waits for an answer", "Așteaptă un răspuns")
        case .answered: say("Waits for a reply", "Așteaptă o replică")
        case .replied: say("Waits for a decision", "Așteaptă o decizie")
        case .decided: say("Decided", "Decisă")
        }
    }

    func reason(_ reason: DisputeReason) -> String {
        switch reason {
        case .neverHired: say("The person was never hired", "Persoana nu a fost angajată")
        case .leftEarly:
            say("The person left within the guarantee", "Persoana a plecat în perioada de garanție")
        case .alreadyKnown:
            say("The company knew the person before", "Compania cunoștea deja persoana")
        case .wrongAmount: say("The amount is wrong", "Suma este greșită")
        case .wronglyReversed: say("It was taken back wrongly", "A fost retras pe nedrept")
        case .other: say("Something else", "Altceva")
        }
    }

    /// Who has to do what until when, and what silence means; or how it ended.
    func next(_ dispute: Disputes.Dispute, _ value: ValueTexts) -> String {
        let due = dispute.dueOn.map(value.date) ?? ""
        let opener = side(dispute.side)
        switch dispute.state {
        case .open, .answered:
            let speaker = dispute.speaker.map(side) ?? ""
            let silence =
                dispute.state == .open
                ? say(
                    "Silence means that the dispute is decided for: \(opener).",
                    "Tăcerea înseamnă că disputa se decide pentru: \(opener).")
                : say(
                    "Silence means that the dispute is rejected.",
                    "Tăcerea înseamnă că disputa este respinsă.")
            return say(
                "\(speaker): the answer is due by \(due). ",
                "\(speaker): răspunsul este așteptat până la \(due). ") + silence
        case .replied:
            return say(
                "Both sides have spoken; an admin decides.",
                "Ambele părți au vorbit; decide un administrator.")
        case .decided: return ended(dispute, value)
        }
    }

    private func ended(_ dispute: Disputes.Dispute, _ value: ValueTexts) -> String {
        switch dispute.outcome {
        case .upheld: return outcome("upheld", for: dispute.side) + "."
        case .partly(let part):
            return say(
                "Decided for a part: \(value.money(part)).",
                "Decisă pentru o parte: \(value.money(part)).")
        case .rejected where dispute.isWithdrawn: return withdrawn + "."
        case .rejected, nil: return outcome("rejected", for: dispute.side) + "."
        }
    }

    /// Who ended a dispute.
    func endedBy(_ dispute: Disputes.Dispute) -> String {
        switch dispute.outcomeReason {
        case .withdrawn: side(dispute.side)
        case .noAnswer, .noReply: say("The days to speak are over", "Termenul de răspuns a trecut")
        default: say("Administrator", "Administrator")
        }
    }

    func outcome(_ name: String, for side: DisputeSide) -> String {
        switch name {
        case "upheld":
            side == .company
                ? say("Decided for the company", "Decisă pentru companie")
                : say("Decided for the affiliate", "Decisă pentru afiliat")
        case "partly": say("Decided for a part", "Decisă pentru o parte")
        default: say("Rejected", "Respinsă")
        }
    }
}

// MARK: - Opening and speaking

extension DisputeTexts {
    var openTitle: String { say("Open a dispute", "Deschide o dispută") }
    var openLink: String { say("Something is wrong?", "Este ceva în neregulă?") }
    var open: String { say("Open the dispute", "Deschide disputa") }
    var which: String { say("Which commission", "Care comision") }
    var whatHappened: String { say("What happened", "Ce s-a întâmplat") }
    var bothRead: String {
        say("Both sides and the admins read it.", "O citesc ambele părți și administratorii.")
    }
    var evidenceLater: String {
        say("You can add files on the next page.", "Poți adăuga fișiere pe pagina următoare.")
    }
    var nothingToDispute: String {
        say("Nothing can be disputed here", "Aici nu se poate disputa nimic")
    }
    var nothingToDisputeHint: String {
        say(
            "Only commissions that are pending or approved can be.",
            "Se pot disputa doar comisioanele în așteptare sau aprobate.")
    }
    var yourTurn: String { say("Your answer", "Răspunsul tău") }
    var yourSide: String { say("Your side", "Partea ta") }
    var onceHint: String {
        say(
            "You speak once at this point; what you send stays.",
            "Vorbești o singură dată acum; ce trimiți rămâne.")
    }
    var send: String { say("Send", "Trimite") }
    var addEvidence: String { say("Add a file", "Adaugă un fișier") }
    var keepFile: String { say("Keep the file", "Păstrează fișierul") }
    var evidenceHint: String {
        say(
            "PDF, PNG or JPEG, at most 5 MB, \(DisputeRules.evidenceMax) files of each side.",
            "PDF, PNG sau JPEG, cel mult 5 MB, \(DisputeRules.evidenceMax) fișiere de fiecare parte."
        )
    }

    func kilobytes(_ bytes: Int) -> String {
        let count = max(1, bytes / 1_000)
        return say("\(count) kB", "\(count) kB")
    }

    func row(_ amount: String, due: String) -> String {
        say("\(amount), due \(due)", "\(amount), scadent la \(due)")
    }

    func amountIn(_ currency: String) -> String {
        say("Disputed amount in \(currency)", "Suma disputată în \(currency)")
    }

    func amountHint(_ side: DisputeSide) -> String {
        switch side {
        case .company:
            say(
                "Empty for all of it. Only this part is held; the rest moves on.",
                "Gol pentru toată suma. Doar această parte este reținută; restul merge mai departe."
            )
        case .affiliate:
            say("What you think is missing.", "Ce crezi că lipsește.")
        }
    }

    func rules(_ side: DisputeSide) -> String {
        switch side {
        case .company:
            say(
                "The affiliate has \(DisputeRules.daysToSpeak) days to answer. Silence decides for you; otherwise you reply, and an admin decides.",
                "Afiliatul are \(DisputeRules.daysToSpeak) zile să răspundă. Tăcerea decide pentru tine; altfel dai o replică și decide un administrator."
            )
        case .affiliate:
            say(
                "The company has \(DisputeRules.daysToSpeak) days to answer. Silence decides for you; otherwise you reply, and an admin decides.",
                "Compania are \(DisputeRules.daysToSpeak) zile să răspundă. Tăcerea decide pentru tine; altfel dai o replică și decide un administrator."
            )
        }
    }
}

// MARK: - Withdrawing

extension DisputeTexts {
    var withdraw: String { say("Withdraw the dispute", "Retrage disputa") }
    var withdrawn: String { say("Withdrawn", "Retrasă") }

    /// What follows when the side that opened it takes it back.
    func withdrawalMeans(_ side: DisputeSide, held: String?) -> String {
        let money: String =
            switch (side, held) {
            case (.company, let held?):
                say(
                    "The \(held) held meanwhile are released to the affiliate.",
                    "Cei \(held) reținuți între timp se eliberează pentru afiliat.")
            case (.company, nil), (.affiliate, _):
                say("No money moves.", "Nu se mișcă bani.")
            }
        return money
            + say(
                " Both sides are told, and it cannot be undone.",
                " Ambele părți sunt anunțate, iar retragerea este definitivă.")
    }
}

// MARK: - Deciding

extension DisputeTexts {
    var decide: String { say("Decide", "Decide") }
    var decision: String { say("Decision", "Decizie") }
    var toHire: String { say("The hire", "Angajarea") }
    var part: String { say("Part", "Partea") }
    var partHint: String {
        say(
            "Only for a part: less than what is disputed.",
            "Doar pentru o parte: mai puțin decât suma disputată.")
    }
    var noteHint: String { say("Both sides read it.", "O citesc ambele părți.") }
    var addsNothing: String { say("Adds no commission", "Nu adaugă niciun comision") }
    var movesNothing: String {
        say("Moves no money: nothing is held", "Nu mișcă bani: nu este nimic reținut")
    }

    func adds(_ amount: String) -> String {
        say(
            "Adds a commission of \(amount), borne by the company",
            "Adaugă un comision de \(amount), suportat de companie")
    }
}
