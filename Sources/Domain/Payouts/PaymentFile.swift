/// A batch as the file that a bank takes: the same batch gives the same bytes.
package struct PaymentFile: Hashable, Sendable {
    package let batch: PayoutBatchID
    package let createdAt: Instant
    package let executesOn: CalendarDate
    package let payer: Payer
    package let currency: Currency
    package let transfers: [Transfer]

    /// From which account is paid.
    package struct Payer: Hashable, Sendable {
        package let name: AccountHolder
        package let iban: IBAN

        package init(name: AccountHolder, iban: IBAN) {
            self.name = name
            self.iban = iban
        }
    }

    /// One line.
    package struct Transfer: Hashable, Sendable {
        package let payout: PayoutID
        package let affiliate: AffiliateID
        package let details: PayoutDetails
        package let amount: Money

        package init(
            payout: PayoutID, affiliate: AffiliateID, details: PayoutDetails, amount: Money
        ) {
            self.payout = payout
            self.affiliate = affiliate
            self.details = details
            self.amount = amount
        }

        /// What comes back on the statement of the account; at most 35 letters.
        package var endToEndID: String { "VOUCH-P\(payout)" }
    }

    package init(
        batch: PayoutBatchID, createdAt: Instant, executesOn: CalendarDate, payer: Payer,
        currency: Currency, transfers: [Transfer]
    ) {
        self.batch = batch
        self.createdAt = createdAt
        self.executesOn = executesOn
        self.payer = payer
        self.currency = currency
        self.transfers = transfers
    }

    /// In what form a currency is paid: SEPA takes euros only.
    package var bytes: [UInt8] {
        switch currency {
        case .eur: Array(creditTransfer.utf8)
        case .ron: Array(table.utf8)
        }
    }

    package var fileName: String {
        switch currency {
        case .eur: "vouch-batch-\(batch).xml"
        case .ron: "vouch-batch-\(batch).csv"
        }
    }

    package var mediaType: String {
        switch currency {
        case .eur: "application/xml"
        case .ron: "text/csv; charset=utf-8"
        }
    }

    private var messageID: String { "VOUCH-B\(batch)" }

    /// The sum of all lines; below 2^63 as long as a batch has fewer than nine billion of them.
    private var sum: String {
        Money(
            minorUnits: transfers.reduce(0) { $0 + $1.amount.minorUnits }, currency: currency
        ).decimal
    }

    // MARK: pain.001.001.09

    /// ISO 20022 `CustomerCreditTransferInitiationV09` in the subset of the EPC's SEPA guidelines.
    private var creditTransfer: String {
        let counts = "<NbOfTxs>\(transfers.count)</NbOfTxs><CtrlSum>\(sum)</CtrlSum>"
        let name = LatinText.sepa(payer.name.text, max: 70)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
            <CstmrCdtTrfInitn>
            <GrpHdr>
            <MsgId>\(messageID)</MsgId><CreDtTm>\(createdAt.rfc3339)</CreDtTm>\(counts)
            <InitgPty><Nm>\(name)</Nm></InitgPty>
            </GrpHdr>
            <PmtInf>
            <PmtInfId>\(messageID)</PmtInfId><PmtMtd>TRF</PmtMtd>\(counts)
            <PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl></PmtTpInf>
            <ReqdExctnDt><Dt>\(executesOn)</Dt></ReqdExctnDt>
            <Dbtr><Nm>\(name)</Nm></Dbtr>
            <DbtrAcct><Id><IBAN>\(payer.iban.text)</IBAN></Id></DbtrAcct>
            <DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>
            <ChrgBr>SLEV</ChrgBr>
            \(transfers.map(transaction).joined(separator: "\n"))
            </PmtInf>
            </CstmrCdtTrfInitn>
            </Document>

            """
    }

    private func transaction(_ transfer: Transfer) -> String {
        """
        <CdtTrfTxInf>
        <PmtId><EndToEndId>\(transfer.endToEndID)</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="EUR">\(transfer.amount.decimal)</InstdAmt></Amt>
        <Cdtr><Nm>\(LatinText.sepa(transfer.details.holder.text, max: 70))</Nm></Cdtr>
        <CdtrAcct><Id><IBAN>\(transfer.details.iban.text)</IBAN></Id></CdtrAcct>
        <RmtInf><Ustrd>\(remittance(transfer))</Ustrd></RmtInf>
        </CdtTrfTxInf>
        """
    }

    private func remittance(_ transfer: Transfer) -> String {
        LatinText.sepa("Vouch commissions, payout \(transfer.payout)", max: 140)
    }

    // MARK: CSV

    /// RFC 4180; names are of the same few letters, so that no cell can be a formula or need quotes.
    private var table: String {
        let lines = transfers.map { transfer in
            [
                transfer.endToEndID, LatinText.cell(transfer.details.holder.text, max: 70),
                transfer.details.iban.text, transfer.amount.decimal, currency.rawValue,
                "\(executesOn)", LatinText.cell(remittance(transfer), max: 140),
            ].joined(separator: ",")
        }
        return (["reference,name,iban,amount,currency,date,details"] + lines)
            .map { $0 + "\r\n" }.joined()
    }
}

/// Text in the letters that every bank takes.
enum LatinText {
    /// The EPC's common character set (EPC217-08), cut to a length; what has no equal becomes a point.
    ///
    /// No letter of the set means anything to XML. Neither `/` nor `//` may begin or be inside.
    static func sepa(_ text: String, max: Int) -> String {
        let plain = transcribed(text, punctuation: "-?:().,'+ ")
        return plain.isEmpty ? "." : String(plain.prefix(max))
    }

    /// For a cell of a table: letters, digits, points, dashes inside and spaces.
    static func cell(_ text: String, max: Int) -> String {
        let plain = transcribed(text, punctuation: ". -")
        let start = plain.drop { !$0.isLetter && !$0.isNumber }
        return start.isEmpty ? "." : String(start.prefix(max))
    }

    private static func transcribed(_ text: String, punctuation: String) -> String {
        var result = ""
        for character in text {
            for letter in folded(character).unicodeScalars {
                let isPlain = letter.isASCII && UInt8(ascii: letter).isLetterOrDigit
                let isAllowed = isPlain || punctuation.unicodeScalars.contains(letter)
                result.unicodeScalars.append(isAllowed ? letter : ".")
            }
        }
        return result
    }

    /// A letter without its marks, in its own case.
    private static func folded(_ character: Character) -> String {
        if character.isASCII { return String(character) }
        let plain = SearchText.folded(String(character))
        return character.isUppercase ? plain.uppercased() : plain
    }
}
