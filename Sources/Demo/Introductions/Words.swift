import Domain

/// What candidates and companies write to each other.
enum Words {
    static let messages = lines(
        """
        I have done this kind of work for four years and would like to do it with you.
        Your ad was sent to me by a friend who thought of me at once, and I see why.
        I am looking for a team in which things are finished, and yours sounds like one.
        I could begin in a month, or sooner if my employer lets me go.
        What you write about your way of working is what I have missed in the last years.
        I do not meet every point of your list, but the important ones I do.
        I live twenty minutes away and know your company from the neighbourhood.
        In my present job I was responsible for exactly this, as you will see in my CV.
        I would like to hear more about the team, and to tell you about my last project.
        After a year abroad I am coming back and would like to stay.
        I learn quickly, and my last manager will be glad to tell you how I work.
        """)

    static let romanianMessages = lines(
        """
        Am patru ani de experiență în domeniu și mi-ar plăcea să lucrez cu voi.
        Am aflat de post de la un prieten, care s-a gândit imediat la mine.
        Caut o echipă serioasă, în care lucrurile se duc la capăt.
        Pot începe peste o lună sau mai devreme, dacă ajung la o înțelegere cu angajatorul.
        Locuiesc aproape și cunosc firma de mult timp.
        Nu îndeplinesc chiar toate cerințele, dar pe cele importante da.
        La locul de muncă actual fac exact aceste lucruri, după cum vedeți în CV.
        Aș vrea să aflu mai multe despre echipă și despre program.
        """)

    static let notes: [Stage: [String]] = [
        .shortlisted: lines(
            """
            Strong CV, and the references fit.
            Invited to a first call.
            The right experience; ask about the notice period.
            """),
        .interview: lines(
            """
            First call went well, meeting with the team on Thursday.
            Pleasant and precise. The practical part comes next.
            Interview by video because of the distance.
            """),
        .offer: lines(
            """
            Offer sent in the upper third of the range.
            Everybody in the team said yes.
            Contract sent, answer expected within a week.
            """),
    ]

    static let withdrawals = lines(
        """
        I have accepted another offer. Thank you for your time.
        My employer made me a good proposal, and I stay.
        We are moving to another town.
        """)

    static let rejectionNotes: [RejectionReason: String] = [
        .lacksSkills: "Motivated, but two of the skills that the work needs every day are missing.",
        .lacksExperience: "We need somebody who has done this for three years. Please ask again.",
        .language: "The daily language with customers was not fluent enough for this role.",
        .location: "The work is on site, and moving was not possible.",
        .workPermit: "A work permit would take longer than we can wait.",
        .salaryExpectation: "Expectation well above the range in the ad.",
        .failedInterview: "A pleasant talk, but the practical task was not solved.",
        .otherCandidateChosen: "A close decision; another candidate had more of the field.",
        .noAnswer: "Three calls and two mails without an answer.",
        .declinedOffer: "We made an offer, and it was declined.",
        .alreadyKnown: "We had been in contact with this person before.",
        .positionFilled: "The position is filled. We keep the CV if the candidate agrees.",
        .positionCancelled: "The position will not be filled after all.",
        .other: "The plans of the candidate and ours did not fit in time.",
    ]
}
