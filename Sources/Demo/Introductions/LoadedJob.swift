import Domain

/// A job that is in the database, as far as its candidates need it.
struct LoadedJob: Sendable {
    let id: JobID
    let outline: JobOutline
    let offer: TermsOffer
    let title: JobTitle
    let place: Place
    let language: Language
}
