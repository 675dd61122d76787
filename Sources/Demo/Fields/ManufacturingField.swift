extension Field {
    static let manufacturing = Field(
        name: .manufacturing,
        roles: [
            Role("Production Operator", ro: "Operator producție", 800...1150),
            Role("CNC Machine Operator", ro: "Operator CNC", 1100...1700),
            Role("Maintenance Technician", ro: "Tehnician mentenanță", 1200...1900),
            Role("Quality Inspector", ro: "Inspector calitate", 1000...1500),
            Role("Process Engineer", 1600...2600),
            Role("Industrial Engineer", 1600...2500),
            Role("Production Planner", ro: "Planificator producție", 1300...2000),
            Role("Shift Supervisor", ro: "Maistru de schimb", 1400...2100),
            Role("Mechanical Design Engineer (CATIA)", 1700...2800, .sometimes),
            Role("PLC Programmer", 1800...3000),
            Role("Toolmaker", ro: "Matrițer", 1300...2000),
            Role("Plant Manager", 3200...5200),
            Role("Purchasing Specialist", ro: "Specialist achiziții", 1300...2100, .sometimes),
            Role("Process Engineering Intern", 500...750),
        ],
        tasks: lines(
            """
            Run your line safely and steadily, and stop it when something is not right
            Set up machines from the card, check the first piece, and then every twentieth
            Find the cause of a fault, not only the part that broke
            Plan maintenance so that it happens on Tuesday and not in the night to Sunday
            Measure, record and explain deviations with the usual tools: 5 Why, Ishikawa, SPC
            Bring new products from the drawing to the first good thousand
            Reduce scrap and energy, and show the figure on the board
            Lead the short meeting at the board at the beginning of the shift
            Keep your place by 5S, and propose one improvement a month
            Work with suppliers on parts that arrive right the first time
            Write instructions with pictures that a new colleague understands in a minute
            Take part in audits, and tell the auditor how it really is
            """),
        requirements: lines(
            """
            A technical training or a degree, or practice that speaks for itself
            Experience in a plant, from automotive to food or furniture
            Readiness to work in three shifts, with extra pay for the night
            Reading technical drawings and using a caliper and a micrometer
            A sense for safety that does not switch off at four in the morning
            Basic English for manuals; more of it for engineers
            Care and steadiness, also at the thousandth piece
            """),
        extras: lines(
            """
            Knowledge of Lean, Six Sigma or IATF 16949
            Experience with Siemens S7 or TIA Portal, Fanuc or KUKA
            Authorisation for electrical work
            German for the contact with our sister plant
            Some practice with SAP
            """),
        team: lines(
            """
            The plant has 310 people, three shifts and a canteen that deserves the name.
            We make parts that are in one of every nine European cars.
            Machines tell us how they feel, and we have people who listen to them.
            Everybody may pull the cord, and is thanked for it.
            The hall was built eight years ago: light, extraction, quiet compressors.
            Buses bring you from eleven towns around, at every change of shift.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Deservirea utilajelor din linia de producție, în condiții de siguranță
                Reglarea mașinilor și verificarea primei piese
                Controlul calității și notarea măsurătorilor
                Identificarea cauzei defectelor și propunerea de soluții
                Păstrarea ordinii la locul de muncă, după metoda 5S
                Participarea la ședința de la începutul schimbului
                Întreținerea zilnică a utilajelor
                Respectarea instrucțiunilor de lucru și a normelor SSM
                """),
            requirements: lines(
                """
                Studii medii sau tehnice
                Experiența în producție este un avantaj
                Disponibilitate pentru lucrul în trei schimburi
                Citirea desenului tehnic și folosirea șublerului
                Îndemânare, atenție și răbdare
                Seriozitate și lucru în echipă
                """)))
}
