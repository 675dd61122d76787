extension Field {
    static let energy = Field(
        name: .energy,
        roles: [
            Role("Photovoltaic Installer", ro: "Montator panouri fotovoltaice", 1000...1600),
            Role("Wind Turbine Technician", 1600...2600),
            Role(
                "Electrical Engineer, Medium Voltage", ro: "Inginer electroenergetic", 1600...2600),
            Role("Energy Auditor", ro: "Auditor energetic", 1500...2400, .sometimes),
            Role("Project Manager, Solar Parks", 2300...3800, .sometimes),
            Role("Heat Pump Technician", 1200...1900),
            Role("Grid Connection Specialist", 1500...2400, .sometimes),
            Role("Environmental Engineer", ro: "Inginer de mediu", 1300...2100, .sometimes),
            Role("Battery Storage Engineer", 2000...3300, .sometimes),
            Role("SCADA Operator", ro: "Operator SCADA", 1300...2000),
            Role("Energy Trader", 2400...4200),
        ],
        tasks: lines(
            """
            Plan, install and commission systems that will run for twenty-five years
            Inspect and maintain on site, by the checklist and with your own eyes
            Find faults from data before the customer notices them
            Calculate yield, cost and payback honestly, with the bad years included
            Prepare files for permits and for the connection to the grid
            Coordinate crews and suppliers from the foundation to the first kilowatt-hour
            Watch production and prices, and decide within clear limits
            Keep to the five safety rules of electrical work, each time
            Explain to owners how their system works and what it saves
            Document as built, so that the next technician blesses you
            Advise towns and companies on what to do first, and what not to do at all
            """),
        requirements: lines(
            """
            A training or degree in electrical engineering, energy or mechanics
            ANRE authorisation of the right grade, or readiness to take the exam
            Two years or more in installation, operation or planning
            No fear of heights for field roles, and a medical check that we pay
            Driving licence, category B, and readiness to travel in the region
            Exactness with figures and with documents
            English for manuals and for suppliers
            """),
        extras: lines(
            """
            Knowledge of PVsyst, AutoCAD or EPLAN
            GWO training for work on turbines
            Experience with public funding such as the Modernisation Fund
            Experience with Modbus, IEC 61850 or similar
            German or Dutch
            """),
        team: lines(
            """
            We have built 118 megawatts since 2016, and we maintain nearly all of it ourselves.
            Crews of three go out together and are home in the evening on most days.
            Vans are new, tools are insulated, and nobody works alone at voltage.
            Engineering and field share one office, so drawings are quickly corrected.
            What we plan is built, and what is built is measured for years.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Montarea și punerea în funcțiune a sistemelor, conform proiectului
                Inspecția și mentenanța periodică la fața locului
                Identificarea defectelor și remedierea lor
                Pregătirea documentației pentru racordare
                Coordonarea cu furnizorii și cu echipele din teren
                Respectarea regulilor de securitate electrică
                Explicarea sistemului către beneficiar, la predare
                Documentarea lucrărilor executate
                """),
            requirements: lines(
                """
                Studii sau calificare în domeniul electric, energetic sau mecanic
                Autorizație ANRE de gradul potrivit sau disponibilitatea de a o obține
                Experiență de cel puțin doi ani
                Permis de conducere categoria B
                Disponibilitate pentru lucrul la înălțime și pentru deplasări în regiune
                Atenție, ordine și spirit de echipă
                """)))
}
