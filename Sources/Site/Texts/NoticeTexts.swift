import Domain

extension CommonTexts {
    /// What just happened, in one sentence.
    func notice(_ notice: Notice) -> String {
        switch notice {
        case .signedOut: say("You are signed out.", "Ai ieșit din cont.")
        case .disputeOpened:
            say(
                "The dispute is open; the other side is told by mail.",
                "Disputa este deschisă; cealaltă parte este anunțată prin e-mail.")
        case .disputeAnswered: say("Your answer is sent.", "Răspunsul tău a fost trimis.")
        case .disputeDecided:
            say(
                "The dispute is decided; both sides are told by mail.",
                "Disputa este decisă; ambele părți sunt anunțate prin e-mail.")
        case .disputeWithdrawn:
            say(
                "The dispute is withdrawn; both sides are told by mail.",
                "Disputa este retrasă; ambele părți sunt anunțate prin e-mail.")
        case .evidenceKept: say("The file is kept.", "Fișierul a fost păstrat.")
        case .welcomeCompany:
            say(
                "Welcome. Post your first job: it stays a draft until you publish it.",
                "Bun venit! Adaugă primul job: rămâne ciornă până îl publici.")
        case .welcomeAffiliate:
            say(
                "Welcome. Find a job, take your link and share it.",
                "Bun venit! Găsește un job, ia-ți linkul și trimite-l mai departe.")
        case .jobSaved: say("The job is saved.", "Jobul a fost salvat.")
        case .jobPublished:
            say("The job is published and can be found.", "Jobul este publicat și poate fi găsit.")
        case .jobPaused:
            say(
                "The job is paused: nobody can apply until you publish it again.",
                "Jobul este în pauză: nimeni nu poate aplica până îl publici din nou.")
        case .jobFilled:
            say("The job is marked as filled.", "Jobul este marcat ca ocupat.")
        case .jobClosed: say("The job is closed.", "Jobul este închis.")
        case .profileSaved: say("Your page is saved.", "Pagina ta a fost salvată.")
        default: stepNotice(notice)
        }
    }

    private func stepNotice(_ notice: Notice) -> String {
        switch notice {
        case .stageMoved: say("The candidate moved on.", "Candidatul a trecut mai departe.")
        case .candidateRejected:
            say(
                "The candidate is rejected. Who recommended them reads the reason.",
                "Candidatul a fost respins. Cine l-a recomandat va citi motivul.")
        case .hireReported:
            say(
                "Thank you. We record the hire after a short check and tell everybody.",
                "Mulțumim! Înregistrăm angajarea după o scurtă verificare și anunțăm pe toată lumea."
            )
        case .hireRecorded: say("The hire is recorded.", "Angajarea a fost înregistrată.")
        case .hireDecided:
            say(
                "It is decided, and everybody concerned is told.",
                "S-a decis, iar toți cei vizați sunt anunțați.")
        case .commissionsDecided:
            say("The commissions are decided.", "S-a decis despre comisioane.")
        case .commissionAdded:
            say("The commission is added.", "Comisionul a fost adăugat.")
        case .mailResent: say("The mail is sent again.", "Mesajul se trimite din nou.")
        case .batchMade:
            say("The batch is made. Hand out its file.", "Lotul este creat. Descarcă fișierul.")
        case .payoutsSettled:
            say("The answers of the bank are kept.", "Răspunsurile băncii sunt păstrate.")
        case .keptInBooks: say("It is kept in the books.", "S-a consemnat.")
        case .invoiceReopened:
            say(
                "The payment is undone, and the invoice is open.",
                "Încasarea este anulată, iar factura este de plată.")
        case .payoutAccountSaved:
            say(
                "The account is saved, and we mailed you about it.",
                "Contul este salvat și ți-am scris despre aceasta.")
        case .linkTaken:
            say("Your link is ready to be shared.", "Linkul tău este gata de trimis.")
        case .applicationWithdrawn:
            say("Your application is withdrawn.", "Aplicația ta a fost retrasă.")
        case .spoolTriedAgain:
            say(
                "It is tried again; what still cannot be taken comes back here.",
                "Se încearcă din nou; ce tot nu poate fi preluat revine aici.")
        case .spoolPutAway: say("It is put away.", "A fost pus deoparte definitiv.")
        case .overloadModeSet:
            say(
                "The overload control of this server is switched.",
                "Controlul suprasarcinii acestui server a fost comutat.")
        case .addressAllowed:
            say("The address gets mails again.", "Adresa primește din nou mesaje.")
        case .companyVerified: say("The company is verified.", "Compania a fost verificată.")
        case .secondFactorRemoved:
            say("The second factor is removed.", "Al doilea factor a fost eliminat.")
        case .tokenRevoked: say("The token is revoked.", "Tokenul a fost revocat.")
        default: mailedNotice(notice)
        }
    }

    private func mailedNotice(_ notice: Notice) -> String {
        switch notice {
        case .confirmationSent:
            say("We sent you the link. Look at your mail.", "Ți-am trimis linkul. Vezi e-mailul.")
        case .addressConfirmed:
            say("Your e-mail address is confirmed.", "Adresa ta de e-mail este confirmată.")
        case .addressWanted:
            say(
                "We wrote to the new address. It counts once you follow the link there.",
                "Am scris la noua adresă. Devine valabilă când urmezi linkul de acolo.")
        case .resetSent:
            say(
                "If there is an account with this address, a link is on its way to it. It works for one hour.",
                "Dacă există un cont cu această adresă, un link este pe drum. Este valabil o oră.")
        case .recommendationSent:
            say(
                "We asked the person. The company sees nothing until they agree.",
                "Am întrebat persoana. Compania nu vede nimic până nu este de acord.")
        case .recommendationRefused:
            say(
                "Everything that we kept of you is erased.",
                "Tot ce am păstrat despre tine a fost șters.")
        case .adminInvited:
            say("The invitation is on its way.", "Invitația este pe drum.")
        case .adminDisabled:
            say(
                "This admin is out, and every session and token ended.",
                "Acest administrator nu mai are acces, iar sesiunile și tokenurile lui s-au încheiat."
            )
        case .invitationAccepted:
            say(
                "Your password is set. Sign in with it.",
                "Parola ta este setată. Intră în cont cu ea.")
        case .passwordChanged:
            say(
                "Your password is changed, and every other device is signed out.",
                "Parola a fost schimbată, iar toate celelalte dispozitive au ieșit din cont.")
        default: say("Saved.", "Salvat.")
        }
    }
}
