/// The sentences that ads of every field share, in English.
enum JobSentences {
    static let openers = lines(
        """
        {company} is looking for {a} in {place}.
        We are growing in {place} and would like to meet {a}.
        For our team in {place}, {company} is hiring {a}.
        Would you like to work as {a} with people who care about their trade?
        One of us is moving on after six good years, so {company} needs a new {title} in {place}.
        A new contract means more work for us: {company} is looking for {a} in {place}.
        """)

    static let reasons = lines(
        """
        The position is new, so you will shape it with us.
        You take over work that is in order, with a month side by side to learn it.
        We have the work for years to come, and we look for people for just as long.
        The team asked for a colleague, and the whole team will meet you before we decide.
        We are not in a hurry: we would rather wait for the right person than choose twice.
        You can begin at once or after your notice, whichever is the case.
        Two of us will be your neighbours at work from the first day on.
        """)

    static let general = lines(
        """
        Honesty, also about what you do not know yet
        Good communication in the team, spoken and in writing
        Willingness to learn, and to teach what you know
        Independence: you plan your day and tell us when something is in the way
        A permit to work in the country of the job, or citizenship of the European Union
        """)

    static let benefits = lines(
        """
        A permanent contract from the first day, with a trial period of 90 days
        A salary inside the range above, paid on the last working day of each month
        A thirteenth salary in December, for everybody
        25 days of leave, and one more for each three years with us
        Meal vouchers for each day of work
        Private health insurance, also for your children
        1,200 EUR a year for courses, books and conferences of your choice
        A public transport pass or a bicycle on our account
        Flexible hours around a core from ten to three
        A half day off on your birthday, and the whole of it when it is a round one
        Fruit, good coffee, and a lunch together on Wednesdays
        A pension contribution of 3 % on top of the legal one
        Four weeks of parental leave beyond the law, at full pay
        Help with moving: a month of rent and a person who knows the offices
        A quiet room, a table for standing, and a chair chosen by you
        Two paid days a year for volunteering
        A bonus of up to one salary when the company had a good year
        Language courses in English, German or Romanian during working hours
        Sports card for one of more than three hundred places
        A discount on what we make and sell, for you and your family
        """)

    static let work = lines(
        """
        We begin the week with half an hour together, and that is the only fixed meeting.
        Decisions are written down where everybody finds them, with the reasons.
        Once in three months you and your manager talk for an hour about you, not about the work.
        Questions are answered, and asking twice is better than guessing once.
        Overtime is rare; when it happens it is counted and given back.
        Everybody may propose a change, and the answer comes within two weeks.
        We speak openly about mistakes, and the first to do so is usually the director.
        New colleagues have a mentor, a plan for the first month and time to read.
        We meet in summer for two days in the mountains, families included.
        Phones are silent after six, and nobody expects an answer on Sunday.
        """)

    static let hiring = lines(
        """
        Send us a short message and a CV in PDF; a photo and your age are not needed.
        You hear from us within a week, in any case.
        First we talk for half an hour by telephone or video, then we meet for an hour and a half.
        There is a small task from real work; it takes two hours at most, and we pay for it.
        You meet the people you would work with, and you may ask them anything.
        From the first talk to the offer it takes about three weeks.
        With a no comes a reason, so that you have something from the time you gave.
        If you were recommended, please say by whom, so that they hear of it too.
        We read applications in English and in the language of the country.
        """)

    static let closings = lines(
        """
        We look forward to meeting you, and so does the coffee machine.
        Unsure whether you fit? Apply anyway, and let us find out together.
        All are welcome here, whatever their age, origin, faith, orientation or disability.
        Questions first? Write to us, and a person will answer.
        The place is accessible by wheelchair, and so is the way we work.
        """)
}

/// The same in Romanian.
enum RomanianSentences {
    static let openers = lines(
        """
        {company} caută coleg sau colegă pentru postul de {title} în {place}.
        Ne mărim echipa din {place} și angajăm {title}.
        Pentru echipa noastră din {place}, {company} angajează {title}.
        """)

    static let reasons = lines(
        """
        Postul este nou, așa că îl vei modela împreună cu noi.
        Preiei o activitate pusă la punct, cu o lună de predare alături de un coleg.
        Avem de lucru pentru mulți ani și căutăm oameni pentru tot atâția.
        Poți începe imediat sau după preaviz, cum îți este mai bine.
        Echipa te va cunoaște înainte să luăm o decizie.
        """)

    static let team = lines(
        """
        Echipa are oameni cu experiență, care își ajută colegii noi de la prima zi.
        Programul se anunță cu trei săptămâni înainte, iar schimburile între colegi sunt libere.
        Echipamentul de lucru este nou, ales împreună cu tine și plătit de noi.
        Siguranța este mai importantă decât viteza.
        Jumătate dintre noi lucrăm aici de peste cinci ani.
        Autobuzul firmei circulă înainte și după fiecare tură și este gratuit.
        Orele suplimentare sunt rare, iar când apar sunt plătite sau recuperate.
        """)

    static let benefits = lines(
        """
        Contract pe perioadă nedeterminată, cu perioadă de probă de 90 de zile
        Salariu în intervalul de mai sus, plătit în ultima zi lucrătoare a lunii
        Al treisprezecelea salariu, în decembrie
        25 de zile de concediu și încă una la fiecare trei ani lucrați
        Tichete de masă pentru fiecare zi lucrată
        Asigurare medicală privată, și pentru copii
        Decontarea transportului sau abonament de transport public
        Cursuri și autorizații plătite de noi
        Prime de sărbători și de vacanță
        O jumătate de zi liberă de ziua ta
        Ajutor la mutare: chiria pe o lună și sprijin cu actele
        Reduceri la produsele noastre, pentru tine și familia ta
        Cafea bună, fructe și prânz împreună miercurea
        """)

    static let work = lines(
        """
        Începem săptămâna cu o jumătate de oră împreună, iar restul ședințelor sunt puține.
        La fiecare trei luni vorbești o oră cu șeful tău despre tine, nu despre sarcini.
        Întrebările primesc răspuns, iar a întreba de două ori este mai bine decât a ghici.
        Oricine poate propune o schimbare, iar răspunsul vine în cel mult două săptămâni.
        Vorbim deschis despre greșeli, iar primul care o face este de obicei directorul.
        Colegii noi au un mentor și un plan pentru prima lună.
        """)

    static let hiring = lines(
        """
        Trimite-ne un mesaj scurt și un CV în format PDF; fotografia și vârsta nu sunt necesare.
        Primești un răspuns în cel mult o săptămână, în orice caz.
        Mai întâi vorbim o jumătate de oră la telefon, apoi ne întâlnim.
        Vei cunoaște oamenii cu care ai lucra și îi poți întreba orice.
        De la prima discuție până la ofertă trec cam trei săptămâni.
        Dacă răspunsul este nu, primești și motivul.
        Dacă te-a recomandat cineva, spune-ne cine, ca să afle și el.
        """)

    static let closings = lines(
        """
        Te așteptăm cu drag în echipă.
        Nu ești sigur că te potrivești? Aplică oricum și aflăm împreună.
        Sunt bineveniți toți oamenii, indiferent de vârstă, origine, credință sau dizabilitate.
        Ai întrebări? Scrie-ne, îți răspunde un om.
        """)
}
