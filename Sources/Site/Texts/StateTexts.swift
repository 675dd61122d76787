import Domain

// The names of states and of the fixed lists of reasons.

extension ValueTexts {
    func employmentType(_ type: EmploymentType) -> String {
        switch type {
        case .fullTime: say("Full time", "Normă întreagă")
        case .partTime: say("Part time", "Normă parțială")
        case .contract: say("Contract", "Colaborare")
        case .temporary: say("Temporary", "Pe durată determinată")
        case .internship: say("Internship", "Stagiu de practică")
        }
    }

    func remote(_ remote: Remote) -> String {
        switch remote {
        case .onSite: say("On site", "La sediu")
        case .hybrid: say("Hybrid", "Hibrid")
        case .full: say("Remote", "La distanță")
        }
    }

    func place(_ location: Location) -> String {
        let country = country(location.country)
        guard let city = location.city?.text else { return country }
        return city + ", " + country
    }

    func jobVisibility(_ visibility: JobVisibility) -> String {
        switch visibility {
        case .draft: say("Draft", "Ciornă")
        case .open: say("Published", "Publicat")
        case .paused: say("Paused", "În pauză")
        case .filled: say("Filled", "Ocupat")
        case .closed: say("Closed", "Închis")
        case .expired: say("Expired", "Expirat")
        }
    }

    func jobState(_ state: JobState) -> String {
        switch state {
        case .draft: jobVisibility(.draft)
        case .published: jobVisibility(.open)
        case .paused: jobVisibility(.paused)
        case .filled: jobVisibility(.filled)
        case .closed: jobVisibility(.closed)
        }
    }

    func stage(_ stage: Stage) -> String {
        switch stage {
        case .unconfirmed: say("Unconfirmed", "Neconfirmat")
        case .submitted: say("Submitted", "Trimis")
        case .shortlisted: say("Shortlisted", "Preselectat")
        case .interview: say("Interview", "Interviu")
        case .offer: say("Offer", "Ofertă")
        case .hired: say("Hired", "Angajat")
        case .rejected: say("Rejected", "Respins")
        case .withdrawn: say("Withdrawn", "Retras")
        }
    }

    func rejection(_ reason: RejectionReason) -> String {
        switch reason {
        case .lacksSkills: say("Skills do not match", "Competențele nu se potrivesc")
        case .lacksExperience: say("Not enough experience", "Experiență insuficientă")
        case .language: say("Language level", "Nivelul de limbă")
        case .location: say("Location does not fit", "Locația nu se potrivește")
        case .workPermit: say("No right to work here", "Fără drept de muncă aici")
        case .salaryExpectation:
            say("Salary expectation too high", "Așteptări salariale prea mari")
        case .failedInterview: say("Interview not passed", "Interviu nereușit")
        case .otherCandidateChosen:
            say("Another candidate was chosen", "A fost ales alt candidat")
        case .noAnswer: say("Candidate did not answer", "Candidatul nu a răspuns")
        case .declinedOffer: say("Candidate declined the offer", "Candidatul a refuzat oferta")
        case .alreadyKnown: say("Already known to the company", "Deja cunoscut companiei")
        case .positionFilled: say("Position already filled", "Post deja ocupat")
        case .positionCancelled: say("Position was cancelled", "Postul a fost anulat")
        case .other: say("Other reason", "Alt motiv")
        }
    }

    func hireState(_ state: HireState) -> String {
        switch state {
        case .reported: say("Reported", "Raportată")
        case .recorded: say("Recorded", "Înregistrată")
        case .confirmed: say("Confirmed", "Confirmată")
        case .leftEarly: say("Left early", "Plecare timpurie")
        case .cancelled: say("Cancelled", "Anulată")
        }
    }

    func commissionState(_ state: CommissionState) -> String {
        switch state {
        case .pending: say("Guarantee running", "În garanție")
        case .approved: say("Approved", "Aprobat")
        case .processing: say("Being paid", "În curs de plată")
        case .paid: say("Paid", "Plătit")
        case .held: say("On hold", "Suspendat")
        case .reversed: say("Reversed", "Anulat")
        }
    }

    func commissionReason(_ reason: CommissionReason) -> String {
        switch reason {
        case .leftEarly:
            say("The person left within the guarantee", "Persoana a plecat în perioada de garanție")
        case .hireCancelled: say("The hire was cancelled", "Angajarea a fost anulată")
        case .disputed: say("Disputed", "Contestat")
        case .recordedInError: say("Recorded by mistake", "Înregistrat din greșeală")
        case .selfDealing: say("Conflict of interest", "Conflict de interese")
        case .other: say("Other reason", "Alt motiv")
        }
    }

    /// Why a dispute that a side opened ended as it did.
    func outcomeReason(_ reason: DisputeOutcomeReason, openedBy side: DisputeSide) -> String {
        switch reason {
        case .evidence: say("The evidence was convincing", "Dovezile au convins")
        case .noEvidence:
            say("What was claimed was not shown", "Ce s-a susținut nu a fost dovedit")
        case .terms: say("The agreed terms say so", "Așa prevăd condițiile convenite")
        case .agreement:
            say("Both sides came to an agreement", "Ambele părți au ajuns la un acord")
        case .amount: say("The amount was counted again", "Suma a fost recalculată")
        case .other: say("Other reason", "Alt motiv")
        case .noAnswer: silence(of: side.other)
        case .noReply: silence(of: side)
        case .withdrawn:
            side == .company
                ? say("The company withdrew the dispute", "Compania a retras disputa")
                : say("The affiliate withdrew the dispute", "Afiliatul a retras disputa")
        }
    }

    private func silence(of side: DisputeSide) -> String {
        switch side {
        case .company:
            say("The company did not answer in time", "Compania nu a răspuns la timp")
        case .affiliate:
            say("The affiliate did not answer in time", "Afiliatul nu a răspuns la timp")
        }
    }

    func selfDealing(_ flag: SelfDealing) -> String {
        switch flag {
        case .candidateIsAffiliate:
            say(
                "The candidate and the affiliate seem to be one person",
                "Candidatul și afiliatul par a fi aceeași persoană")
        case .companyIsAffiliate:
            say(
                "The affiliate seems to work for the company",
                "Afiliatul pare să lucreze pentru companie")
        case .sharedPayoutAccount:
            say(
                "Two affiliates are paid into one bank account",
                "Doi afiliați sunt plătiți în același cont bancar")
        }
    }

    func role(_ role: Role) -> String {
        switch role {
        case .company: say("Company", "Companie")
        case .affiliate: say("Affiliate", "Afiliat")
        case .admin: say("Administrator", "Administrator")
        }
    }

    /// The name of a language in that language.
    func language(_ language: Language) -> String {
        switch language {
        case .english: voice.choose({ "English" }, { "English" })
        case .romanian: voice.choose({ "Română" }, { "Română" })
        }
    }
}
