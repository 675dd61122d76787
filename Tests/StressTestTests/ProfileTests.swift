import Foundation
import StressTest
import Testing

@Suite struct ProfileTests {
    @Test func `the built-in profile is that of the configuration, and has nothing wrong`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../config/stress/default.json")
        #expect(try String(contentsOf: file, encoding: .utf8) == Profile.defaultText)
        let profile = try Profile(json: Array(Profile.defaultText.utf8))
        #expect(profile.classes.map(\.name).contains("applicant"))
        #expect(profile.classes.first { $0.name == "status" }?.arrivals == .fixed(10))
    }

    private static let step = "\"steps\": [{\"get\": \"/\"}]"

    @Test(arguments: [
        ("", "not JSON"), ("[]", "the profile: not an object"), ("{}", "classes: missing"),
        ("{\"classes\": []}", "classes: none"),
        ("{\"classes\": [7]}", "classes[0]: not an object"),
        ("{\"classes\": [{\"name\": \"a\", \"share\": 1}]}", "classes[0].steps: none"),
        ("{\"classes\": [{\"name\": \"a\", \(step)}]}", "classes[0].share: missing"),
        ("{\"classes\": [{\"share\": 1, \(step)}]}", "classes[0].name: missing"),
        ("{\"classes\": [{\"name\": \"all\", \"share\": 1, \(step)}]}", "classes[0].name: not"),
        ("{\"classes\": [{\"name\": \"lag\", \"share\": 1, \(step)}]}", "classes[0].name: not"),
        (
            "{\"classes\": [{\"name\": \"a\", \"share\": 0, \(step)}]}",
            "classes[0].share: not a number"
        ),
        (
            "{\"classes\": [{\"name\": \"a\", \"share\": 1, \"rate\": 2, \(step)}]}",
            "classes[0].rate: there is a share too"
        ),
        (
            "{\"classes\": [{\"name\": \"a\", \"share\": 1, \"patience\": \"x\", \(step)}]}",
            "classes[0].patience: not a time"
        ),
        (
            "{\"classes\": [{\"name\": \"a\", \"share\": 1, \"connections\": \"x\", \(step)}]}",
            "classes[0].connections: neither"
        ),
        (
            "{\"classes\": [{\"name\": \"a\", \"share\": 1, \"headers\": {\"Host\": \"x\"}, \(step)}]}",
            "classes[0].headers.Host: not a field"
        ),
        (
            "{\"classes\": [{\"name\": \"a\", \"share\": 1, \"pace\": 1, \(step)}]}",
            "classes[0].pace: unknown name"
        ),
        ("{\"speed\": 1, \"classes\": []}", "speed: unknown name"),
        ("{\"rate\": \"x\", \"classes\": []}", "rate: not a number"),
        ("{\"phases\": \"x\", \"classes\": []}", "phases: not phases"),
        ("{\"lists\": {\"job\": {}}, \"classes\": []}", "lists.job.path: missing"),
        ("{\"lists\": {\"job\": {\"values\": []}}, \"classes\": []}", "lists.job.values: no texts"),
    ])
    func `what is wrong is told with its place`(text: String, problem: String) {
        #expect {
            try Profile(json: Array(text.utf8))
        } throws: { error in
            (error as? ProfileProblems)?.list.contains { $0.hasPrefix(problem) } == true
        }
    }

    @Test(arguments: [
        ("{}", "get: one of"), ("{\"get\": \"/\", \"post\": \"/\"}", "get: one of"),
        ("{\"get\": \"x\"}", "get: not a path"), ("{\"get\": \"/${\"}", "get: a \"${\""),
        ("{\"get\": \"/${job}\"}", "nothing gives \"job\" a value"),
        ("{\"get\": \"/\", \"expect\": [404]}", "expect: not statuses"),
        ("{\"get\": \"/\", \"pause\": 3}", "pause: not a text"),
        ("{\"get\": \"/\", \"capture\": {\"a\": {\"after\": \"x\"}}}", "capture.a.before: missing"),
        ("{\"post\": \"/\", \"form\": {}, \"text\": \"\"}", "text: there is a form too"),
        ("{\"post\": \"/\", \"json\": {\"a\": \"${\"}}", "json: a \"${\""),
        ("{\"post\": \"/\", \"multipart\": {\"a\": {}}}", "multipart.a.file: missing"),
        ("{\"post\": \"/\", \"receipt\": {}}", "receipt.key: missing"),
        ("{\"post\": \"/\", \"receipt\": {\"key\": \"${x}\"}}", "nothing gives \"x\" a value"),
        ("{\"get\": \"/\", \"wait\": 1}", "wait: unknown name"),
    ])
    func `what is wrong with a step is told with its place`(text: String, problem: String) {
        #expect {
            try profile(
                rate: 1, phases: "1s@1", "{\"name\": \"a\", \"share\": 1, \"steps\": [\(text)]}")
        } throws: { error in
            (error as? ProfileProblems)?.list.contains {
                $0.hasPrefix("classes[0].steps[0]") && $0.contains(problem)
            } == true
        }
    }

    @Test func `all problems are told at once`() {
        let text = "{\"rate\": 0, \"phases\": \"\", \"x\": 1, \"classes\": [{\"steps\": [{}]}]}"
        #expect {
            try Profile(json: Array(text.utf8))
        } throws: { ($0 as? ProfileProblems)?.list.count ?? 0 >= 6 }
    }

    @Test func `a class that lacks something is an error, or left out where it is optional`() throws
    {
        let needing = """
            {"name": "member", "share": 1, "optional": OPTIONAL,
             "headers": {"Cookie": "${env:SOME_COOKIE}"}, "steps": [{"get": "/${list}"}]}
            """
        let other = "{\"name\": \"other\", \"share\": 3, \"steps\": [{\"get\": \"/\"}]}"
        let lists = "{\"list\": {\"values\": [\"a\"]}}"
        func plan(_ isOptional: Bool, _ environment: [String: String]) throws -> RunPlan {
            let text = needing.replacing("OPTIONAL", with: "\(isOptional)")
            let profile = try profile(
                rate: 8, phases: "1s@1", "\(text), \(other)", lists: lists)
            return try RunPlan(
                profile, target: Target("http://127.0.0.1:1"), lists: ["list": ["a"]],
                environment: environment, options: RunPlan.Options())
        }
        #expect(throws: ProfileProblems(["member: SOME_COOKIE is not set"])) {
            try plan(false, [:])
        }
        #expect(try plan(true, [:]).classNames == ["other"])
        #expect(try plan(true, [:]).notices == ["left out: member (SOME_COOKIE is not set)"])
        #expect(try plan(true, ["SOME_COOKIE": "a=b"]).classNames == ["member", "other"])
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", true), ("https://10.1.2.3", true), ("http://[::1]:8080", true),
        ("http://192.168.7.7/", true), ("http://172.16.0.1", true), ("http://172.32.0.1", false),
        ("http://[fd00::1]", true), ("http://8.8.8.8", false), ("http://[2001:db8::1]", false),
    ])
    func `only own machines are loaded unless somebody vouches`(
        origin: String, isPrivate: Bool
    ) throws {
        if isPrivate {
            _ = try Target(origin)
        } else {
            #expect(throws: Target.Problem.self) { try Target(origin) }
        }
        _ = try Target(origin, isOwn: true)
    }

    @Test(arguments: [
        "127.0.0.1:8080", "ftp://127.0.0.1", "http://", "http://127.0.0.1/jobs",
        "http://127.0.0.1:x", "http://127.0.0.1:70000", "http://a b", "http://u@127.0.0.1",
    ])
    func `what is no origin is refused`(text: String) {
        #expect(throws: Target.Problem.notAnOrigin(text)) { try Target(text) }
    }
}
