import Domain

/// A CV of one page as a PDF 1.4 file (ISO 32000-1): one of the standard fonts, plain text.
struct CVDocument: Sendable {
    let name: String
    let email: String
    let city: String
    let title: String
    /// What was done when, newest first.
    let history: [String]

    var bytes: [UInt8] {
        let content = Array(page.utf8)
        let objects: [[UInt8]] = [
            Array("<< /Type /Catalog /Pages 2 0 R >>".utf8),
            Array("<< /Type /Pages /Kids [3 0 R] /Count 1 >>".utf8),
            Array(
                """
                << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
                /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>
                """.utf8),
            Array("<< /Length \(content.count) >>\nstream\n".utf8) + content
                + Array("\nendstream".utf8),
            Array("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".utf8),
            Array("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>".utf8),
        ]
        return Self.file(of: objects)
    }

    /// The objects one after the other, and the table of where each begins (7.5.4).
    private static func file(of objects: [[UInt8]]) -> [UInt8] {
        var file = Array("%PDF-1.4\n%\u{E2}\u{E3}\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(file.count)
            file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
        }
        let table = file.count
        file += Array("xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8)
        for offset in offsets {
            let digits = String(offset)
            let zeros = String(repeating: "0", count: 10 - digits.utf8.count)
            // Each entry has twenty bytes, the space and line feed at its end included.
            file += Array("\(zeros)\(digits) 00000 n \n".utf8)
        }
        file += Array(
            """
            trailer
            << /Size \(objects.count + 1) /Root 1 0 R >>
            startxref
            \(table)
            %%EOF

            """.utf8)
        return file
    }

    /// The text operators of the page.
    private var page: String {
        var lines = [
            "BT /F2 22 Tf 60 770 Td (\(Self.escaped(name))) Tj",
            "/F1 11 Tf 0 -24 Td (\(Self.escaped("\(city) - \(email)"))) Tj",
            "/F2 13 Tf 0 -40 Td (\(Self.escaped("Applying as \(title)"))) Tj",
            "/F2 13 Tf 0 -40 Td (Experience) Tj",
        ]
        lines += history.map { "/F1 11 Tf 0 -20 Td (\(Self.escaped($0))) Tj" }
        lines.append("ET")
        return lines.joined(separator: "\n")
    }

    /// The characters that a literal string of PDF cannot have as they are (7.3.4.2); letters
    /// without their marks, because the standard fonts lack the Romanian ones.
    private static func escaped(_ text: String) -> String {
        PersonMaker.ascii(text)
            .replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
    }

    /// Some years of work before a year.
    static func history(before year: Int, _ random: inout DemoRandom) -> [String] {
        var end = year
        var lines: [String] = []
        for employer in random.pick(random.number(in: 2...4), of: employers) {
            let start = end - random.number(in: 1...4)
            lines.append("\(start) - \(end): \(random.pick(duties)), \(employer)")
            end = start
        }
        lines.append("\(end - 4) - \(end): \(random.pick(studies))")
        return lines
    }

    private static let employers = lines(
        """
        Meridian Grup, Bucharest
        Atlas Servicii, Iasi
        Nova Partners, Cluj-Napoca
        Orizont SRL, Brasov
        Hanse Kontor, Hamburg
        Donau Technik, Vienna
        Linea Italia, Milan
        Brasovia, Sibiu
        Polaris Consulting, Timisoara
        Estrella Servicios, Madrid
        """)

    private static let duties = lines(
        """
        Responsible for the daily work of a team of five
        Specialist in my field, later deputy lead
        From trainee to the person whom the others ask
        Projects for customers in four countries
        Improved the process and trained new colleagues
        Replaced a colleague on leave, then stayed
        """)

    private static let studies = lines(
        """
        Studies at Babes-Bolyai University, Cluj-Napoca
        Studies at Alexandru Ioan Cuza University, Iasi
        Studies at Politehnica University, Bucharest
        Vocational training, with distinction
        Technical college, Timisoara
        """)
}
