extension Field {
    static let logistics = Field(
        name: .logistics,
        roles: [
            Role("Warehouse Operative", ro: "Lucrător depozit", 800...1100),
            Role("Forklift Driver", ro: "Stivuitorist", 900...1300),
            Role("Truck Driver C+E, International", ro: "Șofer TIR internațional", 1800...2600),
            Role("Delivery Driver, Category B", ro: "Șofer livrări, categoria B", 900...1400),
            Role("Dispatcher, Road Transport", ro: "Dispecer transport rutier", 1200...1900),
            Role("Logistics Coordinator", ro: "Coordonator logistică", 1200...1900, .sometimes),
            Role("Warehouse Shift Leader", ro: "Șef de tură depozit", 1200...1800),
            Role("Customs Declarant", ro: "Declarant vamal", 1200...1900),
            Role("Freight Forwarder, Sea and Air", 1400...2300, .sometimes),
            Role("Supply Chain Analyst", 1600...2600, .sometimes),
            Role("Fleet Manager", ro: "Manager flotă", 1700...2600),
            Role("Inventory Planner", ro: "Planificator stocuri", 1300...2000, .sometimes),
            Role("Night Shift Order Picker", ro: "Culegător comenzi, tura de noapte", 850...1200),
        ],
        tasks: lines(
            """
            Receive goods, check them against the papers and put them where the system says
            Pick and pack orders with a scanner, without a target that makes people run
            Plan routes so that vehicles come back full and drivers come back on time
            Keep customers informed before they have to ask where their goods are
            Prepare transport documents, CMR and customs papers without gaps
            Count stock by area each week and find out where differences come from
            Load and secure cargo by the rules, and refuse a load that is not safe
            Agree on prices and time slots with carriers, and keep what was agreed
            Watch temperature and shelf life of the goods that need it
            Report damage with pictures on the same day
            Look after your vehicle or machine: daily check, cleaning, small repairs
            Propose changes to the layout that save steps; good ones are tried the next week
            """),
        requirements: lines(
            """
            A year or more in a warehouse, in transport or in forwarding
            Reliability: when the shift begins, you are there and rested
            The licences that the vehicle or machine needs, valid for at least another year
            Confidence with a scanner, a transport management system or a good spreadsheet
            Readiness to work in two shifts, with the plan known three weeks ahead
            Attention to numbers: a wrong digit here is a lorry in the wrong town
            Romanian or English for daily work, whichever is the language of your team
            A calm voice on the telephone when a delivery is late
            """),
        extras: lines(
            """
            ISCIR authorisation for forklifts, or the will to get it at our cost
            ADR certificate for dangerous goods
            Knowledge of SAP EWM, Mantis or a similar warehouse system
            Experience with cold chain or pharmaceutical goods
            First aid training
            """),
        team: lines(
            """
            You work in a modern warehouse of 24,000 square metres with heating and daylight.
            Our fleet has 86 vehicles, none of them older than five years.
            The shift has 18 people and a leader who has done every one of its jobs.
            We deliver to 14 countries and have partners in all of them.
            Safety comes before speed here, and nobody is asked to drive tired.
            The shuttle from the city runs before and after each shift and costs nothing.
            Overtime is written down to the quarter of an hour and paid with the next salary.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Recepția mărfii, verificarea documentelor și așezarea pe locurile indicate de sistem
                Pregătirea și ambalarea comenzilor cu ajutorul scannerului
                Planificarea rutelor, astfel încât vehiculele să se întoarcă pline și la timp
                Întocmirea documentelor de transport: CMR, avize, documente vamale
                Încărcarea și asigurarea mărfii conform regulilor de siguranță
                Inventarul săptămânal pe zone și găsirea cauzei diferențelor
                Comunicarea cu clienții și cu transportatorii despre stadiul livrărilor
                Raportarea în aceeași zi a oricărei avarii, cu fotografii
                Verificarea zilnică a vehiculului sau a utilajului
                Propunerea de îmbunătățiri; cele bune sunt încercate chiar săptămâna următoare
                """),
            requirements: lines(
                """
                Experiență de cel puțin un an în depozit, transport sau expediții
                Seriozitate și punctualitate
                Permisele și autorizațiile cerute de vehicul sau de utilaj, în termen de valabilitate
                Lucru cu scannerul sau cu un sistem de gestiune a depozitului
                Disponibilitate pentru lucrul în două schimburi, cu programul știut din timp
                Atenție la cifre și la detalii
                Spirit de echipă și respect față de colegi
                """)))
}
