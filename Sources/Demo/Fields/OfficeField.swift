extension Field {
    static let office = Field(
        name: .office,
        roles: [
            Role("HR Business Partner", 1900...3000, .sometimes),
            Role("Recruiter", ro: "Specialist recrutare", 1200...2000, .often),
            Role("Office Manager", ro: "Office manager", 1000...1600),
            Role("Executive Assistant", ro: "Asistent executiv", 1300...2100, .sometimes),
            Role("Legal Counsel", ro: "Consilier juridic", 1900...3200, .sometimes),
            Role("Project Manager", 1900...3200, .sometimes),
            Role("Procurement Specialist", 1400...2300, .sometimes),
            Role("Translator, English and Romanian", 1100...1800, .often),
            Role("Data Protection Officer", 2000...3300, .sometimes),
            Role("Training Specialist", ro: "Specialist formare", 1200...1900, .sometimes),
            Role("Receptionist", ro: "Recepționer", 800...1150),
            Role("Business Analyst", 1900...3100, .sometimes),
        ],
        tasks: lines(
            """
            Be the person whom colleagues ask first, and who knows or finds out
            Keep projects moving: next step, name, date, and no meeting without a reason
            Prepare contracts and check that we can keep what we sign
            Lead interviews that are fair, structured and pleasant for both sides
            Organise the office so that nobody notices that it is organised
            Plan travel, calendars and meetings across three time zones
            Improve a process each quarter by leaving something out
            Answer requests about personal data completely and within the time limit
            Negotiate with suppliers on price, and just as much on how they deliver
            Run the first day and the first month of new colleagues
            Write and translate texts that people understand at once
            Prepare figures and papers for decisions, with a recommendation
            """),
        requirements: lines(
            """
            A degree or training that fits, and two years of practice
            A clear head when five things are urgent
            Very good English, and Romanian or the language of your office
            Discretion: people trust you because you do not talk
            Safe use of the usual office programs, and no fear of new ones
            Kindness in tone and firmness in the matter
            Writing that is short and correct
            """),
        extras: lines(
            """
            Knowledge of labour law in more than one country
            A certificate in project management
            Experience in a company of fifty to three hundred people
            Another language of the European Union
            A feeling for design, at least for documents
            """),
        team: lines(
            """
            You work with all departments and report to the managing director.
            The team has six people who cover for one another without being asked.
            We have few rules, and the ones we have are written down.
            The office is next to a park, with windows that open and real plants.
            We ask colleagues twice a year what to change, and then change the first three things.
            """),
        romanian: nil)
}
