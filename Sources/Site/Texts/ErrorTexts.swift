import Domain

/// What is said when something cannot be done.
package struct ErrorTexts: TextGroup {
    let voice: Voice
}

// MARK: - Error pages

extension ErrorTexts {
    /// The heading of the page of an HTTP status.
    func title(_ status: Int) -> String {
        switch status {
        case 400: say("We did not understand that", "Nu am înțeles cererea")
        case 401: say("Please sign in", "Autentifică-te")
        case 403: say("This is not open to you", "Nu ai acces aici")
        case 404: say("This page does not exist", "Această pagină nu există")
        case 405: say("This cannot be done here", "Acest lucru nu se poate face aici")
        case 408: say("That took too long", "A durat prea mult")
        case 409: say("That is not possible any more", "Nu mai este posibil")
        case 410: say("This is gone", "Nu mai este aici")
        case 413: say("That is too large", "Este prea mare")
        case 422: say("Please check what you sent", "Verifică ce ai trimis")
        case 429: say("Too many tries", "Prea multe încercări")
        case 503: say("Back in a moment", "Revenim imediat")
        default: say("Something went wrong", "Ceva nu a mers bine")
        }
    }

    /// What the reader can do about an HTTP status.
    func advice(_ status: Int) -> String {
        switch status {
        case 400:
            say(
                "The request was not complete. Go back and try again.",
                "Cererea nu a fost completă. Întoarce-te și încearcă din nou.")
        case 401:
            say(
                "You need an account for this page. Sign in and come back.",
                "Ai nevoie de un cont pentru această pagină. Autentifică-te și revino.")
        case 403:
            say(
                "You are signed in, but this page belongs to somebody else.",
                "Ești autentificat, dar această pagină aparține altcuiva.")
        case 404:
            say(
                "The address may be mistyped, or the page has moved. The open jobs are a good start.",
                "Adresa poate fi greșită sau pagina s-a mutat. Joburile deschise sunt un bun început."
            )
        case 405:
            say(
                "The page exists, but not for this kind of request. Go back and try again.",
                "Pagina există, dar nu pentru acest fel de cerere. Întoarce-te și încearcă din nou."
            )
        case 408:
            say(
                "The connection was too slow. Try again.",
                "Conexiunea a fost prea lentă. Încearcă din nou.")
        case 409:
            say(
                "Something changed in the meantime. Look at the present state and decide again.",
                "Între timp s-a schimbat ceva. Uită-te la starea actuală și decide din nou.")
        case 410:
            say("It was here and is over.", "A fost aici și s-a încheiat.")
        default: seriousAdvice(status)
        }
    }

    private func seriousAdvice(_ status: Int) -> String {
        switch status {
        case 413:
            say(
                "A file may have 5 MB. Make it smaller and try again.",
                "Un fișier poate avea 5 MB. Micșorează-l și încearcă din nou.")
        case 422:
            say("Some values cannot be used.", "Unele valori nu pot fi folosite.")
        case 429:
            say(
                "Wait a few minutes, then try again.",
                "Așteaptă câteva minute, apoi încearcă din nou.")
        case 503:
            say(
                "Vouch is very busy or being repaired. Nothing is lost; try again in a minute.",
                "Vouch este foarte solicitat sau în reparație. Nu s-a pierdut nimic; încearcă din nou peste un minut."
            )
        default:
            say(
                "It is our fault and we are told of it. Try again in a minute.",
                "Este vina noastră și am fost anunțați. Încearcă din nou peste un minut.")
        }
    }

    /// What somebody is told who cannot be served now.
    func waiting(_ subject: WaitingPage.Subject) -> String {
        switch subject {
        case .page: advice(503)
        case .form:
            say(
                "Vouch is very busy or being repaired. Nothing of the form was taken; go back, and send it again in a minute.",
                "Vouch este foarte solicitat sau în reparație. Nimic din formular nu a fost preluat; întoarce-te și trimite-l din nou peste un minut."
            )
        case .money:
            say(
                "Nothing about money can be decided at the moment, and nothing was changed. Go back, and send it again in a minute.",
                "Momentan nu se poate decide nimic despre bani și nimic nu s-a schimbat. Întoarce-te și trimite din nou peste un minut."
            )
        case .unknownOutcome:
            say(
                "The answer of our database was lost: what you sent is done, or not at all. Look at the page it is about before you send it again.",
                "Răspunsul bazei noastre de date s-a pierdut: ce ai trimis s-a făcut în întregime sau deloc. Verifică pagina respectivă înainte de a trimite din nou."
            )
        }
    }

    var requestNumber: String { say("Request", "Cererea") }
    var tryAgain: String { say("Try again", "Încearcă din nou") }
    var toHome: String { say("To the home page", "La pagina principală") }

    var formExpiredTitle: String {
        say("Please send the form again", "Trimite formularul încă o dată")
    }
    var formExpiredText: String {
        say(
            "The page was open for a long time, so we need one more click. What you typed is kept.",
            "Pagina a stat deschisă mult timp, așa că mai este nevoie de un clic. Ce ai scris s-a păstrat."
        )
    }
    var sendAgain: String { say("Send again", "Trimite din nou") }
    var formExpiredFile: String {
        say("Choose your file once more.", "Alege fișierul încă o dată.")
    }
}

// MARK: - What the rules answer

extension ErrorTexts {
    /// One sentence about an error of the domain, for a page or a problem document.
    func sentence(_ error: DomainError) -> String {
        switch error {
        case .notFound: say("There is no such thing here.", "Nu există așa ceva aici.")
        case .forbidden: say("This is not open to you.", "Nu ai acces la aceasta.")
        case .gone: say("It was here and is over.", "A fost aici și s-a încheiat.")
        case .invalid: say("Some values cannot be used.", "Unele valori nu pot fi folosite.")
        case .conflict(let conflict): sentence(conflict)
        case .duplicate(.email):
            say(
                "There is an account with this e-mail. Sign in instead.",
                "Există deja un cont cu acest e-mail. Autentifică-te.")
        case .duplicate(.slug): say("This name is taken.", "Acest nume este luat.")
        case .duplicate(.candidate(let match)): duplicateCandidate(match)
        case .tooMany(let bound, let seconds): tooMany(bound, seconds: seconds)
        }
    }

    private func duplicateCandidate(_ match: CandidateMatch) -> String {
        switch match {
        case .email:
            say(
                "Somebody with this e-mail is a candidate for this job already.",
                "Cineva cu acest e-mail este deja candidat la acest job.")
        case .phone:
            say(
                "Somebody with this phone number is a candidate for this job already.",
                "Cineva cu acest număr de telefon este deja candidat la acest job.")
        }
    }

    private func tooMany(_ bound: DomainError.Bound, seconds: Int) -> String {
        let wait = minutes((seconds + 59) / 60)
        return switch bound {
        case .signInsOfAccount, .signInsOfAddress:
            say(
                "Too many tries to sign in. Wait \(wait).",
                "Prea multe încercări de autentificare. Așteaptă \(wait).")
        case .factorTries:
            say(
                "Too many wrong codes. Wait \(wait).",
                "Prea multe coduri greșite. Așteaptă \(wait).")
        case .tokens:
            say(
                "You have as many tokens as we allow. Revoke one first.",
                "Ai atins numărul maxim de tokenuri. Revocă unul mai întâi.")
        case .links:
            say(
                "You have as many links to this job as we allow.",
                "Ai atins numărul maxim de linkuri pentru acest job.")
        case .streams:
            say(
                "Too many of your windows are listening for news. Close some, or load the page again.",
                "Prea multe ferestre ale tale așteaptă noutăți. Închide câteva sau reîncarcă pagina."
            )
        case .confirmations, .resets, .recommendations, .recommendationsOfPerson:
            mailBound(bound, seconds: seconds)
        case .evidence:
            say(
                "You have sent as many files as we keep for one dispute.",
                "Ai trimis numărul maxim de fișiere pentru o dispută.")
        }
    }

    private func mailBound(_ bound: DomainError.Bound, seconds: Int) -> String {
        switch bound {
        case .recommendations:
            say(
                "You have recommended as many people as one day allows. Go on tomorrow.",
                "Ai recomandat cât permite o zi. Continuă mâine.")
        case .recommendationsOfPerson:
            say(
                "This person was written to as often as we allow. Talk to them yourself.",
                "Acestei persoane i s-a scris cât de des permitem. Vorbește direct cu ea.")
        case .resets:
            say(
                "Too many links were asked for. Wait \(minutes((seconds + 59) / 60)).",
                "S-au cerut prea multe linkuri. Așteaptă \(minutes((seconds + 59) / 60)).")
        default:
            say(
                "We sent you as many links as one day allows. Look into your spam folder too.",
                "Ți-am trimis câte linkuri permite o zi. Uită-te și în dosarul de spam.")
        }
    }

    private func minutes(_ number: Int) -> String {
        count(number, ("minute", "minutes"), ("minut", "minute", "de minute"))
    }

    private func sentence(_ conflict: DomainError.Conflict) -> String {
        let value = ValueTexts(voice: voice)
        return switch conflict {
        case .jobState(let from, let to):
            say(
                "A job that is “\(value.jobState(from))” cannot become “\(value.jobState(to))”.",
                "Un job în starea „\(value.jobState(from))” nu poate deveni „\(value.jobState(to))”."
            )
        case .stage(let from, let to):
            say(
                "A candidate cannot go from “\(value.stage(from))” to “\(value.stage(to))”.",
                "Un candidat nu poate trece de la „\(value.stage(from))” la „\(value.stage(to))”.")
        case .introductionClosed(let stage):
            say(
                "This candidate is “\(value.stage(stage))”: nothing comes after that.",
                "Acest candidat este „\(value.stage(stage))”: nu mai urmează nimic.")
        case .hireState(let from, let to):
            say(
                "A hire cannot go from “\(value.hireState(from))” to “\(value.hireState(to))”.",
                "O angajare nu poate trece de la „\(value.hireState(from))” la „\(value.hireState(to))”."
            )
        case .commissionState(let from, let to):
            say(
                "A commission cannot go from “\(value.commissionState(from))” to “\(value.commissionState(to))”.",
                "Un comision nu poate trece de la „\(value.commissionState(from))” la „\(value.commissionState(to))”."
            )
        case .jobNotPublished:
            say("This job takes no applications now.", "Acest job nu primește aplicații acum.")
        case .jobExpired:
            say(
                "The last day to apply has passed. Choose a later one first.",
                "Ultima zi pentru aplicații a trecut. Alege mai întâi una mai târzie.")
        case .salaryMissing:
            say(
                "Name the salary first: every published ad has one.",
                "Precizează mai întâi salariul: orice anunț publicat îl are.")
        case .introductionNotConfirmed:
            say(
                "The candidate has not confirmed the recommendation yet.",
                "Candidatul nu a confirmat încă recomandarea.")
        case .ownershipEnded:
            say(
                "This person was introduced again after 180 days: a hire belongs to the newer introduction.",
                "Această persoană a fost recomandată din nou după 180 de zile: angajarea ține de recomandarea mai nouă."
            )
        case .hireReported:
            say("This hire is reported already.", "Această angajare este deja raportată.")
        case .hireAlreadyRecorded:
            say("This hire is recorded already.", "Această angajare este deja înregistrată.")
        case .idempotencyKeyReused:
            say(
                "This key was used for another request.",
                "Această cheie a fost folosită pentru altă cerere.")
        default: moneySentence(conflict)
        }
    }

    private func moneySentence(_ conflict: DomainError.Conflict) -> String {
        switch conflict {
        case .guaranteeOver:
            say(
                "The guarantee was over by then: nothing is taken back.",
                "Garanția se încheiase deja: nu se retrage nimic.")
        case .amountExceedsCommission:
            say(
                "This is more than is left of the commission.",
                "Suma depășește ce a mai rămas din comision.")
        case .disputeOpen:
            say(
                "There is an open dispute about this. Decide it first.",
                "Există o dispută deschisă. Decide-o mai întâi.")
        case .disputedBefore:
            say(
                "You have disputed this \(DisputeRules.sameMax) times; that is as often as it goes.",
                "Ai contestat asta de \(DisputeRules.sameMax) ori; mai mult nu se poate.")
        case .disputeClosed: say("This dispute is over.", "Această dispută s-a încheiat.")
        case .notYourTurn:
            say("It is the other side's turn.", "Este rândul celeilalte părți.")
        case .payoutSettled:
            say(
                "The bank has answered for this payout already.",
                "Banca a răspuns deja pentru această plată.")
        case .nothingToPay: say("There is nothing to pay.", "Nu este nimic de plătit.")
        case .payoutNotSent:
            say(
                "The file of this batch has not been handed out yet.",
                "Fișierul acestui lot nu a fost încă descărcat.")
        case .invoiceNotReceived:
            say(
                "No such payment of this invoice was noted.",
                "Nu a fost notată o astfel de încasare a acestei facturi.")
        case .invoiceTakenBack:
            say(
                "This invoice was credited or charged again since. Settle the later document instead.",
                "Factura a fost stornată sau emisă din nou între timp. Lucrează cu documentul ulterior."
            )
        case .invoiceSettled:
            say("This invoice is settled already.", "Această factură este deja închisă.")
        case .addressNotConfirmed:
            say(
                "Confirm your e-mail address first: follow the link that we mailed to you.",
                "Confirmă mai întâi adresa de e-mail: urmează linkul pe care ți l-am trimis.")
        case .ownAccount:
            say("Another admin has to do this.", "Acest lucru îl face alt administrator.")
        case .lastAdmin:
            say(
                "Somebody has to be left who can let others in.",
                "Trebuie să rămână cineva care îi poate primi pe alții.")
        case .recommendationWaiting:
            say(
                "You have recommended this person for this job, and the answer is awaited.",
                "Ai recomandat deja această persoană pentru acest job și se așteaptă răspunsul.")
        case .setUpExpired:
            say(
                "That page was open for too long. Scan the new code below.",
                "Pagina a stat deschisă prea mult. Scanează codul nou de mai jos.")
        case .monthRunning: say("This month is not over yet.", "Luna nu s-a încheiat încă.")
        default:
            say(
                "Something changed in the meantime. Look again and decide.",
                "Între timp s-a schimbat ceva. Mai privește o dată și decide.")
        }
    }
}
