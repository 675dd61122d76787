extension Field {
    static let marketing = Field(
        name: .marketing,
        roles: [
            Role("Performance Marketing Specialist", 1500...2500, .often),
            Role("Content Marketing Manager", 1700...2800, .often),
            Role("SEO Specialist", 1400...2400, .often),
            Role("Social Media Manager", 1200...2000, .often),
            Role("Graphic Designer", 1200...2100, .often),
            Role("Brand Manager", 2000...3300, .sometimes),
            Role("Copywriter, Romanian and English", 1200...2100, .often),
            Role("Sales Development Representative", 1300...2200, .sometimes),
            Role("Account Executive, B2B", 1800...3200, .sometimes),
            Role("Key Account Manager", 2000...3400, .sometimes),
            Role("Marketing Analyst", 1600...2600, .often),
            Role("Video Editor", 1200...2000, .often),
            Role("Event Marketing Coordinator", 1300...2000, .sometimes),
        ],
        tasks: lines(
            """
            Plan campaigns with a hypothesis, a budget and a date on which we decide
            Write texts that say something, and cut the ones that do not
            Look at the figures every morning and change one thing at a time
            Talk to five customers a month and use their words instead of ours
            Keep the brand recognisable from the invoice to the trade fair
            Build landing pages together with design and development, and test them
            Find out which channel really brought people, without following them around
            Lead first conversations with companies, and say no when we do not fit
            Manage agencies and freelancers: brief well, pay on time, tell the truth
            Report once a month on one page: what worked, what did not, what is next
            Prepare fairs and meetings where people want to stay
            Respect consent: no tricks with cookies, no lists of unknown origin
            """),
        requirements: lines(
            """
            Two years or more in marketing, sales or communication
            A portfolio or figures that you can talk about openly
            Very good writing in at least one of our languages
            Practice with the tools of the trade: analytics, ads, CRM, a design program
            A feeling for numbers, and suspicion of the ones that look too good
            Independence: you see what is missing and begin
            English for daily work with colleagues in other countries
            """),
        extras: lines(
            """
            Experience in a company that sells to companies
            Some HTML, or the ability to repair a broken newsletter
            A third language
            Experience with affiliates and partners
            Photography or illustration
            """),
        team: lines(
            """
            Marketing and sales are one team of fourteen, with one target that both can reach.
            We would rather lose a customer than promise something that is not there.
            The budget is modest and yours: no approvals below 2,000 EUR.
            Everything is tested small first, and failures are shown on Fridays with cake.
            Our newsletter has 31,000 readers, and people answer to it.
            """),
        romanian: nil)
}
