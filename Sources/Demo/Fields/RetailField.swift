extension Field {
    static let retail = Field(
        name: .retail,
        roles: [
            Role("Sales Assistant", ro: "Consultant vânzări", 750...1050),
            Role("Cashier", ro: "Casier", 750...1000),
            Role("Store Manager", ro: "Manager magazin", 1400...2200),
            Role("Assistant Store Manager", ro: "Adjunct manager magazin", 1100...1600),
            Role("Butcher", ro: "Măcelar", 950...1400),
            Role("Baker, Early Shift", ro: "Brutar, tura de dimineață", 900...1300),
            Role("Visual Merchandiser", 1000...1600),
            Role("Regional Sales Manager", ro: "Manager regional vânzări", 2000...3200),
            Role("Category Buyer, Fresh Food", 1700...2800, .sometimes),
            Role("E-commerce Specialist", 1300...2200, .sometimes),
            Role("Bookseller", ro: "Librar", 800...1100),
            Role("Shelf Stocker, Part-Time", ro: "Lucrător comercial, part-time", 700...950),
        ],
        tasks: lines(
            """
            Welcome customers, listen first, and recommend what suits them, not what is dearest
            Keep shelves full, clean and priced correctly at any hour of the day
            Run the till quickly and kindly, and count it at the end of the shift
            Receive goods, check dates and quantities, and report what is wrong at once
            Order so that there is enough on Saturday and little to throw away on Monday
            Build displays that help people to find what they came for
            Handle complaints and returns within our generous rules, without asking upstairs
            Train new colleagues at the till and on the floor
            Watch the figures of your area and try something when they fall
            Pack and hand over online orders within two hours
            Follow hygiene and food safety rules without exception
            Plan shifts fairly, three weeks ahead
            """),
        requirements: lines(
            """
            Pleasure in dealing with people, also in the last hour before closing
            Some experience in a shop; for many roles we teach you everything else
            Honesty with money and with goods
            Readiness to work shifts and some weekends
            Good spoken Romanian, or the language of the country of the shop
            Basic arithmetic and confidence with a till or a tablet
            A neat appearance and comfortable shoes
            """),
        extras: lines(
            """
            Knowledge of the products we sell, from your work or from your own kitchen
            English for the tourists of the summer
            A food hygiene certificate
            A driving licence, category B
            Experience in leading a small team
            """),
        team: lines(
            """
            The shop has 24 colleagues, and half of them have been there for over five years.
            Shifts are planned three weeks ahead, and swaps need no permission.
            We give what is left in the evening to a food bank, every day.
            Managers here began at the till, nearly all of them.
            The shop closes on Sundays at two, and on public holidays altogether.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Întâmpinarea clienților și recomandarea produselor potrivite nevoilor lor
                Aranjarea mărfii la raft și verificarea prețurilor
                Operarea casei de marcat și închiderea casei la sfârșitul turei
                Recepția mărfii și verificarea termenelor de valabilitate
                Rezolvarea reclamațiilor și a retururilor, cu amabilitate
                Pregătirea comenzilor online în cel mult două ore
                Menținerea curățeniei și respectarea normelor de igienă
                Instruirea colegilor noi
                Participarea la inventar
                """),
            requirements: lines(
                """
                Plăcerea de a lucra cu oamenii
                Experiența în comerț este un avantaj, restul se învață la noi
                Onestitate și responsabilitate în lucrul cu banii și cu marfa
                Disponibilitate pentru lucrul în ture și în unele weekenduri
                Aspect îngrijit și limbaj politicos
                Atenție distributivă și dorință de a învăța
                """)))
}
