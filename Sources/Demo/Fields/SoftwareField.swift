extension Field {
    static let software = Field(
        name: .software,
        roles: [
            Role("Senior Backend Developer (Go)", 3600...5400, .often),
            Role("Backend Developer (Java, Spring)", 2600...4200, .sometimes),
            Role("Swift Developer for Servers", 3200...4800, .often),
            Role("iOS Developer", 2800...4600, .sometimes),
            Role("Android Developer (Kotlin)", 2700...4400, .sometimes),
            Role("Frontend Developer (React, TypeScript)", 2400...4000, .often),
            Role("Full-Stack Developer (Django, Vue)", 2300...3900, .often),
            Role("Data Engineer", 2900...4700, .sometimes),
            Role("Data Scientist", 2800...4600, .sometimes),
            Role("Machine Learning Engineer", 3300...5600, .sometimes),
            Role("DevOps Engineer (Kubernetes)", 3100...5000, .often),
            Role("Site Reliability Engineer", 3400...5400, .often),
            Role("PostgreSQL Database Administrator", 2800...4500, .sometimes),
            Role("QA Automation Engineer", 2000...3400, .sometimes),
            Role("Manual Software Tester", 1300...2200, .sometimes),
            Role("Security Engineer", 3400...5600, .sometimes),
            Role("Engineering Manager", 4200...6500, .sometimes),
            Role("Product Manager for Developer Tools", 3200...5200, .sometimes),
            Role("UX Designer", 2100...3600, .often),
            Role("Embedded Software Engineer (C++)", 2500...4300),
            Role("Technical Writer", 1700...2900, .often),
            Role("Junior Python Developer", 1300...2000),
            Role("IT Support Specialist", ro: "Specialist suport IT", 1100...1800),
        ],
        tasks: lines(
            """
            Design, build and run services that thousands of people use every working day
            Turn loose ideas into small steps that can be shipped, measured and taken back
            Review the code of colleagues with care, and have yours reviewed the same way
            Write tests that fail for one reason, and keep the build green and quick
            Measure before you optimise, and write down what the measurement said
            Take part in a fair on-call rotation, one week in six, paid extra
            Improve our deployment so that a release is a boring event at any hour
            Look after the data: schemas, migrations, indexes, backups that were restored
            Talk to the people who use the product, at least once a month, without a middleman
            Help newer colleagues grow through pairing and patient explanations
            Remove code and dependencies that nobody needs any more
            Write short design notes that others can disagree with before work has begun
            Find out why it was slow yesterday at ten, and make sure that it will not be again
            Keep the documentation so good that a new colleague ships in the first week
            """),
        requirements: lines(
            """
            At least three years in which you built software that other people depended on
            A firm grasp of one typed language, and the curiosity to learn ours
            Good knowledge of relational databases and of what a query plan tells you
            Comfort on the command line of a Linux machine, also when something is on fire
            Experience with version control, code review and automated tests as daily habits
            An understanding of how the web works below the framework: HTTP, TLS, caching
            The habit of asking why before asking how
            English good enough to write a clear proposal and to argue about it kindly
            Care for security and privacy as a part of the work, not as a later phase
            Experience with monitoring, logs and metrics, and an opinion about alerts
            """),
        extras: lines(
            """
            Contributions to open source, however small
            Experience with event-driven systems or message queues
            A degree in computer science, or the same knowledge from another road
            Knowledge of Terraform, Ansible or another way to describe machines as text
            A talk you gave or an article you wrote about your work
            German or French as a further language
            Experience with accessibility, from contrast to screen readers
            """),
        team: lines(
            """
            You join a team of seven: four developers, a tester, a designer and a product manager.
            We release several times a day, and nobody stays late because of it.
            The system is a modest number of services on PostgreSQL, and we like it boring.
            Every developer has a day in two weeks for repairs of their own choice.
            Nobody writes estimates in hours here; we cut the work until it is small.
            We keep one list of priorities, and the people who build it help to write it.
            Most of our code is younger than four years, and the older part has good tests.
            Once a quarter the whole team meets in one place, and we pay for the travel.
            """),
        romanian: nil)
}
