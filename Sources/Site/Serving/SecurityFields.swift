import HTTP

/// The fields that every answer carries (OWASP secure headers; CSP level 3).
package enum SecurityFields {
    /// For pages: nothing but this site's own style sheet, script, images and events, no frames, no inline
    /// script or style. `data:` is for the images inside the style sheet.
    private static let pagePolicy: StaticString =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    /// For what a stranger sent: opened in the browser, it can do nothing at all.
    private static let filePolicy: StaticString = "default-src 'none'; sandbox"

    /// For data: should a browser show it all the same, then as text and in no frame.
    private static let dataPolicy: StaticString = "default-src 'none'; frame-ancestors 'none'"

    /// The fields of a page.
    package static let page = fields(policy: pagePolicy, isSecure: false)
    /// The same through TLS.
    package static let securePage = fields(policy: pagePolicy, isSecure: true)
    /// The fields of JSON for programs (OWASP REST security).
    private static let data = fields(ofData: dataPolicy, isSecure: false)
    /// The same through TLS.
    private static let secureData = fields(ofData: dataPolicy, isSecure: true)
    /// The fields of a file that a stranger sent.
    static let file = fields(policy: filePolicy, isSecure: false)
    /// The same through TLS.
    static let secureFile = fields(policy: filePolicy, isSecure: true)

    static func of(_ kind: RouteRow.Kind, isSecure: Bool) -> ResponseFields {
        if kind == .api { return isSecure ? secureData : data }
        return isSecure ? securePage : page
    }

    private static func fields(ofData policy: StaticString, isSecure: Bool) -> ResponseFields {
        var fields = ResponseFields()
        fields.add(.contentSecurityPolicy, policy)
        fields.add("X-Content-Type-Options", "nosniff")
        // Two years, which is what the preload list asks for.
        if isSecure {
            fields.add("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        }
        return fields
    }

    private static func fields(policy: StaticString, isSecure: Bool) -> ResponseFields {
        var fields = fields(ofData: policy, isSecure: isSecure)
        fields.add("Referrer-Policy", "strict-origin-when-cross-origin")
        fields.add(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()")
        fields.add("Cross-Origin-Opener-Policy", "same-origin")
        fields.add("Cross-Origin-Resource-Policy", "same-origin")
        return fields
    }
}
