extension Field {
    static let construction = Field(
        name: .construction,
        roles: [
            Role("Site Manager", ro: "Șef de șantier", 2000...3200),
            Role("Civil Engineer", ro: "Inginer construcții civile", 1600...2600),
            Role("Quantity Surveyor", ro: "Inginer devize", 1500...2400, .sometimes),
            Role("Electrician", ro: "Electrician", 1100...1700),
            Role("Plumber", ro: "Instalator", 1100...1700),
            Role("Mason", ro: "Zidar", 1000...1600),
            Role("Crane Operator", ro: "Macaragiu", 1200...1800),
            Role("Welder (MIG/MAG)", ro: "Sudor MIG/MAG", 1200...1900),
            Role("Carpenter", ro: "Dulgher", 1000...1600),
            Role("Architect", ro: "Arhitect", 1700...2900, .sometimes),
            Role("BIM Coordinator", 1800...2900, .sometimes),
            Role("Health and Safety Officer", ro: "Responsabil SSM", 1300...2000),
            Role("HVAC Technician", ro: "Tehnician HVAC", 1200...1900),
        ],
        tasks: lines(
            """
            Build by the drawings, and say so when the drawings cannot be built
            Plan people, material and machines for the next three weeks of the site
            Check quality at each step, before it is hidden by the next one
            Keep the site diary with pictures, every day
            Hold the morning talk on safety, and stop work that is not safe
            Measure what was done, and prepare the monthly statement
            Coordinate subcontractors so that nobody waits for anybody
            Install, test and document by the standard and by the manufacturer's rules
            Talk with clients and neighbours openly, also about noise and dust
            Order material in time, and accept only what is right
            Hand over without a list of defects, or with a short one that is done in a week
            Look after tools and machines as if they were yours
            """),
        requirements: lines(
            """
            A completed training or degree in your trade
            Three years or more on sites like ours
            The authorisations that your trade needs, such as ANRE, ISCIR or RTE
            You read drawings, and you notice when two of them disagree
            Fitness for work in the open air, in most weathers
            Reliability and a sense for the safety of others
            A driving licence, category B
            Basic knowledge of a spreadsheet or a planning program for leading roles
            """),
        extras: lines(
            """
            Experience with timber, passive houses or restoration
            Knowledge of AutoCAD, Revit or ArchiCAD
            German or English for our sites abroad
            A certificate for work at heights
            Experience with public tenders
            """),
        team: lines(
            """
            We build houses for families, schools for towns and halls for companies.
            Ten sites are running now, none farther than ninety minutes from the office.
            Nobody here buys their own tools or clothes: you get good ones and choose the size.
            Crews stay together from one site to the next, and have done so for years.
            The last accident with days of absence was over two years ago, and we work on that.
            In winter there is work inside, so the salary comes in all twelve months.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Executarea lucrărilor conform proiectului și normelor în vigoare
                Planificarea oamenilor, a materialelor și a utilajelor
                Verificarea calității la fiecare etapă
                Completarea jurnalului de șantier, cu fotografii
                Respectarea regulilor de securitate și oprirea lucrului nesigur
                Coordonarea subcontractorilor
                Întocmirea situațiilor de lucrări lunare
                Comanda și recepția materialelor
                Predarea lucrărilor la termen și fără remedieri
                """),
            requirements: lines(
                """
                Studii sau calificare în domeniu
                Experiență de cel puțin trei ani în lucrări similare
                Autorizațiile cerute de meserie (ANRE, ISCIR, RTE), după caz
                Citirea planurilor și a schițelor
                Permis de conducere categoria B
                Seriozitate și grijă pentru siguranța colegilor
                Disponibilitate pentru deplasări scurte
                """)))
}
