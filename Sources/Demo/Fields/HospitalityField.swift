extension Field {
    static let hospitality = Field(
        name: .hospitality,
        roles: [
            Role("Chef de Partie", ro: "Bucătar", 1100...1700),
            Role("Sous Chef", ro: "Sous Chef", 1500...2300),
            Role("Pastry Chef", ro: "Cofetar-patiser", 1100...1700),
            Role("Kitchen Assistant", ro: "Ajutor de bucătar", 750...1050),
            Role("Waiter or Waitress", ro: "Ospătar", 800...1300),
            Role("Bartender", ro: "Barman", 900...1500),
            Role("Barista", ro: "Barista", 800...1200),
            Role("Hotel Receptionist", ro: "Recepționer hotel", 850...1300),
            Role("Night Auditor", ro: "Recepționer de noapte", 950...1400),
            Role("Housekeeping Supervisor", ro: "Guvernantă", 1000...1500),
            Role("Restaurant Manager", ro: "Manager restaurant", 1500...2400),
            Role("Events Coordinator", ro: "Coordonator evenimente", 1200...1900),
            Role("Room Attendant", ro: "Cameristă", 750...1000),
        ],
        tasks: lines(
            """
            Make guests feel expected, from the first word to the last
            Prepare your station before service, so that service is a pleasure
            Cook by our recipes and the season, and suggest new dishes twice a month
            Take orders and payments without mistakes, and know what is in every dish
            Check guests in and out, and solve what can be solved without a manager
            Keep rooms, kitchen and bar as clean as if an inspector had just rung
            Plan deliveries and stock so that little is thrown away
            Coordinate banquets and conferences from the first call to the invoice
            Handle complaints with an apology first and an explanation second
            Follow HACCP and keep its records during the shift, not after it
            Teach apprentices your trade, and let them make their own mistakes safely
            Watch costs and portions without cheating anybody
            """),
        requirements: lines(
            """
            Experience in a hotel, a restaurant or a good café; for some roles none at all
            A sense for service: you see an empty glass before the guest does
            Readiness to work evenings and weekends, with two free days in a row every week
            English for guests; Romanian or the language of the country for the team
            Speed without noise when the house is full
            Hygiene as a habit, and the health certificate to prove it
            A friendly voice and a good memory for faces
            """),
        extras: lines(
            """
            A training in gastronomy or tourism
            Knowledge of wine, coffee or cheese that you like to share
            Experience with Opera, Fidelio or a modern till
            Another language: German, Italian, French or Hungarian
            Pride in a signature dish or a signature cocktail
            """),
        team: lines(
            """
            The house has 74 rooms, a restaurant with 90 seats and a terrace that is loved.
            Tips are shared by a rule that everybody knows and voted for.
            The roster is out three weeks ahead, and split shifts were abolished.
            The team eats together before service, at one table, the same food as the guests.
            We are open all year, so contracts are permanent and not for a season.
            Rooms for colleagues from other towns are available for the first three months.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Întâmpinarea oaspeților și grija pentru confortul lor
                Pregătirea postului de lucru înainte de serviciu
                Gătitul după rețetele casei și după sezon
                Preluarea comenzilor și a plăților fără greșeală
                Cazarea oaspeților și rezolvarea cererilor lor
                Menținerea curățeniei în bucătărie, în sală și în camere
                Organizarea aprovizionării, astfel încât să nu se facă risipă
                Respectarea normelor HACCP și completarea registrelor
                Îndrumarea ucenicilor și a colegilor noi
                """),
            requirements: lines(
                """
                Experiența în hotel sau în restaurant este un avantaj
                Atitudine prietenoasă și răbdare
                Disponibilitate pentru lucrul seara și în weekend, cu două zile libere legate
                Limba engleză la nivel conversațional
                Curățenie și ordine
                Rezistență la orele aglomerate și spirit de echipă
                """)))
}
