/// The name of an element that has content and an end tag.
///
/// `script` and `style` are missing on purpose: their content is not escaped text.
package enum Tag: String, Sendable {
    case a, abbr, address, article, aside, body, button, caption, code, dd, details, div, dl, dt
    case em, fieldset, figure, figcaption, footer, form, h1, h2, h3, h4, head, header, html, label
    case legend, li, main, nav, ol, optgroup, option, p, pre, section, select, small, span, strong
    case summary, svg, table, tbody, td, tfoot, th, thead, time, title, tr, ul, use
}

/// The name of an element without content or end tag (HTML standard 13.1.2, void elements).
package enum VoidTag: String, Sendable {
    case br, col, hr, img, input, link, meta
}
