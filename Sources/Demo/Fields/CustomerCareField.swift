extension Field {
    static let customerCare = Field(
        name: .customerCare,
        roles: [
            Role("Customer Support Agent with German", 1200...1800, .often),
            Role("Customer Support Agent with French", 1150...1700, .often),
            Role("Customer Support Agent with Dutch", 1500...2200, .often),
            Role("Customer Support Agent with Italian", 1050...1550, .often),
            Role("Customer Support Agent", ro: "Operator relații clienți", 800...1200, .sometimes),
            Role("Call Centre Team Leader", ro: "Team leader call center", 1200...1800, .sometimes),
            Role("Technical Support Specialist, Second Level", 1300...2100, .often),
            Role("Customer Success Manager", 1700...2800, .often),
            Role("Content Moderator", 950...1400, .sometimes),
            Role("Quality Analyst, Customer Care", 1100...1700, .sometimes),
            Role("Claims Handler, Insurance", ro: "Inspector daune", 1100...1700, .sometimes),
            Role("Collections Agent", ro: "Operator recuperare creanțe", 850...1300, .sometimes),
        ],
        tasks: lines(
            """
            Answer customers by telephone, chat and mail, and stay until it is solved
            Find out what a person needs, which is not always what they ask
            Write answers that are short, kind and complete, in your own words
            Decide on refunds within a clear limit, without asking anybody
            Hand over to the second level with everything that they need to know
            Collect what customers stumble over, and bring it to the product team each week
            Keep the knowledge base so good that half of the questions need no person
            Call back when you said that you would, even without news
            Calm down what has become heated, and end a call that is abusive
            Learn the product so well that you could sell it
            Coach two newer colleagues, when you feel ready for it
            Follow data protection to the letter: you will see what is private
            """),
        requirements: lines(
            """
            Fluency in the language of your customers, written and spoken
            English for the team and for the tools
            Patience, humour, and the ability to leave a bad call behind
            Quick and correct typing
            Experience in support or in service is good, but no condition
            A quiet place and a stable connection for days at home
            Readiness to work shifts between 8 and 20, and one Saturday a month
            A talent for explaining things to a person who is annoyed
            """),
        extras: lines(
            """
            A second foreign language
            Experience with Zendesk, Freshdesk or Salesforce
            Knowledge of e-commerce, banking or travel
            Some technical understanding, such as reading a log
            Experience in training or coaching
            """),
        team: lines(
            """
            Your team has twelve people from five countries and a leader who still takes calls.
            We measure whether the problem was solved, not how many seconds it took.
            Scripts were abolished here; there are facts to look up and a voice of your own.
            The first four weeks are training, fully paid, with a person at your side.
            A third of the people in product and quality began in support.
            Breaks are breaks: fifteen minutes every two hours, away from the screen.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Preluarea solicitărilor clienților prin telefon, chat și e-mail
                Identificarea nevoii reale și găsirea unei soluții
                Redactarea unor răspunsuri scurte, amabile și complete
                Rambursări în limitele stabilite, fără alte aprobări
                Transmiterea cazurilor complexe către nivelul doi, cu toate datele necesare
                Actualizarea bazei de cunoștințe
                Revenirea cu un răspuns la termenul promis
                Respectarea regulilor de protecție a datelor
                """),
            requirements: lines(
                """
                Exprimare corectă, vorbită și scrisă
                Răbdare, empatie și simțul umorului
                Cunoștințe bune de operare pe calculator
                Limba engleză la nivel mediu
                Experiența într-un call center este un avantaj, nu o condiție
                Disponibilitate pentru ture între orele 8 și 20
                """)))
}
