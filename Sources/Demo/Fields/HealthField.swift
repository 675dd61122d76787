extension Field {
    static let health = Field(
        name: .health,
        roles: [
            Role("Registered Nurse, Intensive Care", ro: "Asistent medical ATI", 1400...2100),
            Role(
                "Registered Nurse, Outpatient Clinic", ro: "Asistent medical ambulatoriu",
                1200...1700),
            Role("General Practitioner", ro: "Medic de familie", 3000...4800),
            Role("Radiographer", ro: "Asistent radiologie", 1400...2000),
            Role("Physiotherapist", ro: "Fizioterapeut", 1200...1900),
            Role("Pharmacist", ro: "Farmacist", 1700...2600),
            Role("Pharmacy Assistant", ro: "Asistent de farmacie", 1000...1400),
            Role("Medical Laboratory Technician", ro: "Asistent laborator", 1100...1700),
            Role("Dental Assistant", ro: "Asistent stomatologie", 1000...1500),
            Role("Dentist", ro: "Medic stomatolog", 2600...4600),
            Role("Caregiver for Elderly People", ro: "Îngrijitor persoane vârstnice", 850...1300),
            Role("Clinical Research Coordinator", 1700...2700, .sometimes),
            Role("Medical Receptionist", ro: "Recepționer clinică", 850...1200),
            Role("Psychologist", ro: "Psiholog clinician", 1400...2300, .sometimes),
        ],
        tasks: lines(
            """
            Care for patients with skill and with time, and explain what you are doing
            Keep records complete on the same day, so that the next colleague is safe
            Prepare and assist at examinations and procedures by our protocols
            Notice early when somebody gets worse, and call for help without hesitation
            Give medicines by the five rights, and report every near miss
            Advise patients and families in words that they understand
            Take part in the weekly case meeting, where every profession has a voice
            Look after instruments and devices, and check stock and expiry dates
            Guide students and new colleagues in their first weeks
            Follow hygiene rules as if your own family were the next patient
            Plan appointments so that nobody waits for longer than twenty minutes
            Protect what patients tell you, on paper, on the screen and in the corridor
            """),
        requirements: lines(
            """
            A completed training or degree in your profession, and the licence to practise
            Membership of the professional body, or an application under way
            A year or more of practice; for some roles we also take people straight from school
            Friendliness under pressure, and the courage to say that something is not right
            Readiness to work weekends now and then, with the plan known a month ahead
            Good Romanian, or the language of the country where you will work at level B2
            Care with documents, and some practice with an electronic patient record
            Current vaccinations, and a health certificate for work
            """),
        extras: lines(
            """
            A specialisation or a course of the last two years
            English for patients who come from abroad
            Experience with telemedicine
            A certificate in advanced life support
            Interest in quality work and in audits
            """),
        team: lines(
            """
            The ward has 22 beds and is never staffed with fewer than five nurses by day.
            Our clinic sees about 180 patients a day in eleven specialities.
            Doctors and nurses plan the day together, at half past seven, over coffee.
            Two mentors are there for each new colleague during the first three months.
            The devices were bought within the last four years, and somebody maintains them.
            Mistakes are discussed without blame, and the discussion changes how we work.
            We count how long patients wait and what they say afterwards, and we publish both.
            """),
        romanian: Romanian(
            tasks: lines(
                """
                Îngrijirea pacienților cu pricepere și cu răbdare
                Completarea documentelor medicale în aceeași zi
                Pregătirea și asistarea la investigații și proceduri, conform protocoalelor
                Administrarea medicației și raportarea oricărui incident
                Consilierea pacienților și a familiilor pe înțelesul lor
                Participarea la ședința săptămânală de caz
                Verificarea stocurilor, a aparaturii și a termenelor de valabilitate
                Respectarea normelor de igienă și de siguranță a pacientului
                Îndrumarea studenților și a colegilor noi
                Păstrarea confidențialității datelor medicale
                """),
            requirements: lines(
                """
                Studii de specialitate finalizate și drept de liberă practică
                Certificat de membru al organizației profesionale, în termen
                Experiență de cel puțin un an constituie un avantaj
                Calm în situații dificile și atenție la detalii
                Disponibilitate pentru gărzi sau ture, cu program anunțat din timp
                Cunoștințe de operare pe calculator
                Asigurare de malpraxis sau disponibilitatea de a o încheia
                """)))
}
