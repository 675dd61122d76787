extension Field {
    static let finance = Field(
        name: .finance,
        roles: [
            Role("Accountant", ro: "Contabil", 1200...1900, .sometimes),
            Role("Senior Accountant, Romanian GAAP and IFRS", 1900...2900, .sometimes),
            Role("Payroll Specialist", ro: "Specialist salarizare", 1300...2000, .sometimes),
            Role("Financial Controller", 2200...3600, .sometimes),
            Role("Financial Analyst", 1700...2700, .sometimes),
            Role("Internal Auditor", 1900...3000, .sometimes),
            Role("Tax Consultant", 2000...3300, .sometimes),
            Role("Credit Risk Analyst", 1800...2900, .sometimes),
            Role("Compliance Officer (AML)", 2000...3200, .sometimes),
            Role("Accounts Payable Specialist with German", 1400...2100, .often),
            Role("Branch Banking Adviser", ro: "Consilier clienți bancă", 1000...1600),
            Role("Treasury Analyst", 1800...2800, .sometimes),
            Role("Chief Accountant", ro: "Contabil șef", 2400...3800),
        ],
        tasks: lines(
            """
            Close the month by the fifth working day, with numbers that you can explain
            Book and check invoices, payments and expenses, and ask when something is odd
            Reconcile bank accounts and balances, and clear differences at their source
            Prepare declarations and statements, on time and without last-minute panic
            Build reports that managers read, because they answer a question
            Plan liquidity for the next thirteen weeks and compare the plan with what came
            Improve controls so that they cost less work and find more
            Be the contact of auditors, tax advisers and authorities
            Support budgets and forecasts with figures and with an opinion
            Automate what is copied by hand today, together with a developer
            Explain to colleagues what a rule means for their daily work
            Keep documents in such an order that an audit is a quiet week
            """),
        requirements: lines(
            """
            A degree in economics or finance, or an equal professional training
            Two years or more in accounting, control, banking or audit
            Solid knowledge of the rules of the country you will work for
            Very good Excel; knowledge of an ERP such as SAP, Dynamics or Saga
            Exactness without pedantry: you know which cent matters
            English in writing and on the telephone
            Discretion, because you will see salaries and contracts
            The courage to say no to a booking that is not right
            """),
        extras: lines(
            """
            Membership of CECCAR, ACCA or CFA, also while you are still taking the exams
            A further language: German, French or Italian
            Some SQL, or Power BI
            Experience with the change to e-invoicing and SAF-T
            Experience in a company that grew quickly
            """),
        team: lines(
            """
            The finance team has nine people, and two of them will be your daily partners.
            We replaced paper three years ago and do not miss it.
            The audit of last year had no findings, and we would like to keep it so.
            The peak at the end of a month is real, and the days after it are yours.
            You report to the CFO, who still does bookings now and then to stay honest.
            We run one ERP for all companies, and a developer sits next to us.
            """),
        romanian: nil)
}
