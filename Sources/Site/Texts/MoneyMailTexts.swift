import Domain

// What mails about commissions, payouts, disputes and invoices say.

// MARK: - Commissions

extension MailTexts {
    func commissionAdded(_ amount: String) -> Words {
        Words(
            say("A commission of \(amount) was added", "A fost adăugat un comision de \(amount)"),
            say(
                "We added a commission of \(amount) to your account by hand.",
                "Am adăugat manual un comision de \(amount) în contul tău."))
    }
    func commissionWonInDispute(_ amount: String, _ candidate: String) -> Words {
        Words(
            say("You won \(amount) in a dispute", "Ai câștigat \(amount) într-o dispută"),
            say(
                "The dispute about the hire of \(candidate) brought you a commission of "
                    + "\(amount).",
                "Disputa despre angajarea lui \(candidate) ți-a adus un comision de \(amount)."))
    }
    func commissionTakenOff(_ amount: String) -> Words {
        Words(
            say("\(amount) are taken off", "\(amount) se scad"),
            say(
                "A commission that was paid already is taken back: \(amount) are taken off your "
                    + "next payout.",
                "Un comision deja plătit se retrage: \(amount) se scad din următoarea ta plată."))
    }
    func commissionApproved(_ amount: String, _ candidate: String) -> Words {
        Words(
            say("\(amount) approved", "\(amount) aprobați"),
            say(
                "The commission of \(amount) for \(candidate) is approved. It is paid with the next "
                    + "payout, once your payout details are there and the minimum is reached.",
                "Comisionul de \(amount) pentru \(candidate) este aprobat. Se plătește cu următoarea "
                    + "plată, dacă detaliile tale de plată sunt completate și minimul este atins."))
    }
    func commissionHeld(_ amount: String, _ candidate: String) -> Words {
        Words(
            say("\(amount) held", "\(amount) reținuți"),
            say(
                "The commission of \(amount) for \(candidate) is held until a decision is made.",
                "Comisionul de \(amount) pentru \(candidate) este reținut până la o decizie."))
    }
    func commissionReleased(_ amount: String, _ candidate: String) -> Words {
        Words(
            say("\(amount) released", "\(amount) eliberați"),
            say(
                "The commission of \(amount) for \(candidate) is no longer held.",
                "Comisionul de \(amount) pentru \(candidate) nu mai este reținut."))
    }
    func commissionReversed(_ amount: String, _ candidate: String) -> Words {
        Words(
            say("\(amount) reversed", "\(amount) retrași"),
            say(
                "The commission of \(amount) for \(candidate) is reversed: it will not be paid.",
                "Comisionul de \(amount) pentru \(candidate) este retras: nu va fi plătit."))
    }
}

// MARK: - Payouts

extension MailTexts {
    func payoutAccountChanged(_ iban: String, before: String?) -> Words {
        var words = Words(
            say("Your payout details were changed", "Detaliile tale de plată au fost schimbate"),
            say(
                "From now on you are paid to the account \(iban).",
                "De acum ești plătit în contul \(iban)."))
        if let before {
            words.paragraphs.append(
                say("Until now it was \(before).", "Până acum a fost \(before)."))
        }
        words.paragraphs.append(
            say(
                "If it was not you, change your password and write to us at once.",
                "Dacă nu ai fost tu, schimbă-ți parola și scrie-ne imediat."))
        return words
    }
    func payoutSent(_ amount: String, iban: String) -> Words {
        Words(
            say("\(amount) are on their way", "\(amount) sunt pe drum"),
            say(
                "We told the bank to pay \(amount) to your account \(iban).",
                "Am transmis băncii să plătească \(amount) în contul tău \(iban)."))
    }
    func payoutPaid(_ amount: String) -> Words {
        Words(
            say("\(amount) paid", "\(amount) plătiți"),
            say(
                "The bank has paid \(amount) to your account.",
                "Banca a plătit \(amount) în contul tău."))
    }
    func payoutFailed(_ amount: String, why: String) -> Words {
        Words(
            say("The payout of \(amount) failed", "Plata de \(amount) a eșuat"),
            say(
                "The bank could not pay \(amount): \(why). The money stays yours and goes into the "
                    + "next payout.",
                "Banca nu a putut plăti \(amount): \(why). Banii rămân ai tăi și intră în următoarea "
                    + "plată."),
            say(
                "Please look at your payout details.",
                "Te rugăm să verifici detaliile tale de plată."))
    }
}

// MARK: - Disputes and invoices

extension MailTexts {
    func disputeOpened(_ amount: String, _ candidate: String) -> Words {
        Words(
            say("A dispute about \(amount)", "O dispută despre \(amount)"),
            say(
                "A dispute about \(amount) for the hire of \(candidate) was opened. Only this part "
                    + "is held. The page says who answers, and until when.",
                "S-a deschis o dispută despre \(amount) pentru angajarea lui \(candidate). Doar "
                    + "această parte este reținută. Pagina spune cine răspunde și până când."))
    }
    func disputeAnswered(_ candidate: String) -> Words {
        Words(
            say("The dispute was answered", "S-a răspuns la dispută"),
            say(
                "The other side has answered in the dispute about the hire of \(candidate).",
                "Cealaltă parte a răspuns în disputa despre angajarea lui \(candidate)."))
    }
    func disputeReplied(_ candidate: String) -> Words {
        Words(
            say("A reply in the dispute", "O replică în dispută"),
            say(
                "There is a reply in the dispute about the hire of \(candidate); a decision follows.",
                "Există o replică în disputa despre angajarea lui \(candidate); urmează o decizie.")
        )
    }
    func disputeDecided(_ candidate: String, granted: String) -> Words {
        Words(
            say("The dispute is decided", "Disputa este decisă"),
            say(
                "The dispute about the hire of \(candidate) is decided: \(granted) were granted to "
                    + "the side that opened it.",
                "Disputa despre angajarea lui \(candidate) este decisă: părții care a deschis-o i "
                    + "s-au acordat \(granted)."))
    }
    func disputeWithdrawn(_ amount: String, _ candidate: String) -> Words {
        Words(
            say("The dispute is withdrawn", "Disputa este retrasă"),
            say(
                "The dispute about \(amount) for the hire of \(candidate) is withdrawn. What was "
                    + "held because of it is released.",
                "Disputa despre \(amount) pentru angajarea lui \(candidate) este retrasă. Ce era "
                    + "reținut din cauza ei se eliberează."))
    }
    func invoiceIssued(_ number: String, _ amount: String, reference: String) -> Words {
        Words(
            say("Invoice \(number): \(amount)", "Factura \(number): \(amount)"),
            say(
                "Invoice \(number) asks for \(amount). Please name the reference \(reference) when "
                    + "you pay.",
                "Factura \(number) este de \(amount). Te rugăm să menționezi referința \(reference) "
                    + "când plătești."))
    }
    func invoiceReopened(_ number: String, why: String, note: String) -> Words {
        var words = Words(
            say("Invoice \(number) is open again", "Factura \(number) este din nou de plată"),
            say(
                "We had noted your payment for invoice \(number), and have undone that: \(why).",
                "Notasem plata ta pentru factura \(number) și am anulat aceasta: \(why)."))
        if !note.isEmpty { words.paragraphs.append(note) }
        return words
    }
    func invoiceReceived(_ number: String) -> Words {
        Words(
            say("Invoice \(number) is paid", "Factura \(number) este plătită"),
            say(
                "We received your payment for invoice \(number). Thank you.",
                "Am primit plata pentru factura \(number). Mulțumim."))
    }
}
