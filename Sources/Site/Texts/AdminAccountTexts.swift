import Domain

// Who runs the platform.

extension AdminTexts {
    var adminsTitle: String { say("Admins", "Administratori") }
    var adminsLead: String {
        say(
            "Everything an admin does about money and people is in the audit log.",
            "Tot ce face un administrator cu banii și oamenii se află în jurnal.")
    }
    var adminName: String { say("Name", "Numele") }
    var adminInvited: String { say("Invited", "Invitat") }
    var adminActive: String { say("Active", "Activ") }
    var adminDisabled: String { say("Disabled", "Dezactivat") }
    var disable: String { say("Disable", "Dezactivează") }
    var inviteTitle: String { say("Invite an admin", "Invită un administrator") }
    var inviteLead: String {
        say(
            "They set a password by a link in a mail, within three days. Invite again to send another one.",
            "Își setează parola printr-un link trimis prin e-mail, în trei zile. Invită din nou pentru alt link."
        )
    }
    var inviteButton: String { say("Send invitation", "Trimite invitația") }
    var invitationTitle: String { say("You are invited", "Ai fost invitat") }
    var acceptButton: String { say("Set password and accept", "Setează parola și acceptă") }

    func disableNamed(_ name: String) -> String {
        say("Disable \(name)", "Dezactivează: \(name)")
    }
    func invitationLead(_ name: String, _ email: String) -> String {
        say(
            "\(name), set a password, and you are an admin of Vouch with the address \(email).",
            "\(name), setează o parolă și devii administrator Vouch cu adresa \(email).")
    }
}
