import Domain
import HTTP

// The rows of disputes.

extension APIRoute {
    var disputeRow: RouteRow {
        switch self {
        case .disputes:
            .api(
                .get, "/api/v1/disputes", for: .token(nil), .member,
                .list(
                    of: DisputeResource.self, by: [.maybe("open", .choice(["true", "false"]))],
                    "The disputes that one has a part in, newest first; an admin sees all."))
        case .openDispute:
            .api(
                .post, "/api/v1/disputes", for: .token(nil), .member,
                .write(
                    DisputeInput.self, answers: DisputeReference.self, status: 201,
                    key: .required,
                    "Open a dispute: a company about a commission, an affiliate for a hire."))
        case .dispute(let id):
            .api(
                .get, "/api/v1/disputes/{dispute}", id, for: .token(nil), .member,
                .one(WholeDisputeResource.self, "One dispute with what was said and sent."))
        case .answerDispute(let id):
            .api(
                .post, "/api/v1/disputes/{dispute}/answers", id, for: .token(nil), .member,
                .write(
                    DisputeAnswerInput.self, answers: DisputeReference.self, key: .required,
                    "Say what a side has to say in its turn."))
        case .addEvidence(let id):
            .api(
                .post, "/api/v1/disputes/{dispute}/evidence", id, for: .token(nil), .member,
                .write(
                    EvidenceInput.self, answers: EvidenceReference.self, status: 201,
                    key: .required, "Add a file to one's own side: PDF, PNG or JPEG."),
                bodyBytesMax: 2 * PublicRoute.applicationBytesMax)
        case .evidence(let id):
            .api(
                .get, "/api/v1/evidence/{evidence}", id, for: .token(nil), .member,
                .file(
                    "A file of a dispute.",
                    types: ["application/pdf", "image/png", "image/jpeg"]))
        case .withdrawDispute(let id):
            .api(
                .post, "/api/v1/disputes/{dispute}/withdraw", id, for: .token(nil), .member,
                .write(
                    answers: DisputeReference.self,
                    "Take back a dispute that one has opened; once more changes nothing."))
        case .decideDispute(let id):
            .api(
                .post, "/api/v1/admin/disputes/{dispute}/decision", id, for: .token(.admin),
                .admin,
                .write(
                    DisputeDecisionInput.self, answers: DisputeReference.self, key: .required,
                    "Decide a dispute; the same decision again changes nothing."))
        default: .nowhere(.api)
        }
    }
}
