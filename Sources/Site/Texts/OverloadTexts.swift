import Admission
import Domain

/// The overload control, for admins.
package struct OverloadTexts: TextGroup {
    let voice: Voice
}

extension OverloadTexts {
    var title: String { say("Overload", "Suprasarcină") }
    var lead: String {
        say(
            "What this server does when more visitors come than it can serve.",
            "Ce face acest server când vin mai mulți vizitatori decât poate servi.")
    }
    var mode: String { say("Control", "Control") }
    var now: String { say("Now", "Acum") }
    var inFlight: String { say("Requests being answered", "Cereri în lucru") }
    var pages: String { say("Pages", "Pagini") }
    var switchHint: String {
        say(
            "It holds for this server only, and until it is started again: then the settings count. The bounds on queues and connections hold in each case.",
            "Este valabil doar pentru acest server și până la repornire: apoi contează setările. Limitele cozilor și ale conexiunilor rămân valabile în orice caz."
        )
    }
    var doSwitch: String { say("Switch", "Comută") }
    var lastHour: String { say("The last hour", "Ultima oră") }
    var lastMinutes: String { say("The last two minutes", "Ultimele două minute") }
    var nothing: String { say("Nothing measured yet", "Încă nimic măsurat") }
    var nothingHint: String {
        say(
            "The control looks ten times a second; come again in a moment.",
            "Controlul măsoară de zece ori pe secundă; revino peste o clipă.")
    }
    var until: String { say("Ten seconds", "Zece secunde") }

    func secondsAgo(_ seconds: Int) -> String {
        seconds < 10 ? say("now", "acum") : say("\(seconds) s ago", "acum \(seconds) s")
    }

    var admitted: String { say("Let in", "Primite") }
    var refused: String { say("Refused", "Refuzate") }
    var wouldRefuse: String { say("Would be refused", "Ar fi refuzate") }
    var delay: String { say("Wait in the queue", "Așteptare în coadă") }
    var lag: String { say("Lag of the loops", "Întârzierea buclelor") }

    /// The picture, said in words.
    func chart(_ most: Int) -> String {
        say(
            "Requests let in and refused in each ten seconds of the last hour; the most was \(most).",
            "Cereri primite și refuzate la fiecare zece secunde din ultima oră; maximul a fost \(most)."
        )
    }

    func milliseconds(_ microseconds: Int) -> String {
        let tenths = (microseconds + 50) / 100
        return say("\(tenths / 10).\(tenths % 10) ms", "\(tenths / 10),\(tenths % 10) ms")
    }

    func mode(_ mode: AdmissionMode) -> String {
        switch mode {
        case .on: say("on", "pornit")
        case .observe: say("observes only", "doar observă")
        case .off: say("off", "oprit")
        }
    }

    func explanation(_ mode: AdmissionMode) -> String {
        switch mode {
        case .on:
            say(
                "Refuses whole visitors when there are too many, and leaves extras out before.",
                "Refuză vizitatori întregi când sunt prea mulți, iar înainte renunță la extra-uri.")
        case .observe:
            say(
                "Decides and counts, and refuses nothing by it.",
                "Decide și numără, dar nu refuză nimic.")
        case .off:
            say(
                "Only the bounds hold: first come, first served.",
                "Sunt valabile doar limitele: primul venit, primul servit.")
        }
    }

    func load(_ load: StatusFacts.Load) -> String {
        switch load {
        case .calm: say("calm", "liniștit")
        case .busy: say("busy", "aglomerat")
        case .overloaded:
            say(
                "overloaded: some visitors are refused",
                "supraîncărcat: unii vizitatori sunt refuzați")
        }
    }

    func level(_ level: BrownoutLevel) -> String {
        switch level {
        case .none: say("complete", "complete")
        case .clicksToSpool:
            say("complete; clicks are counted later", "complete; clicurile se numără mai târziu")
        case .noSimilarJobs: say("without similar jobs", "fără joburi similare")
        case .noCounts: say("without counts", "fără numărători")
        case .plainSearch: say("with plain search", "cu căutare simplă")
        }
    }
}
