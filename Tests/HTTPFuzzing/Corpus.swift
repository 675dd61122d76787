/// Inputs that mutation begins with.
enum Corpus {
    static let heads = [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /jobs/a%20b?q=1&x=%2F HTTP/1.1\r\nHost: a.example:80\r\nConnection: keep-alive\r\n"
            + "Cookie: a=1; b=2\r\nIf-None-Match: \"1\"\r\n\r\n",
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nabcde",
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "\r\nHEAD http://a.example/b?c HTTP/1.0\r\nConnection: close, x\r\nX:\t y \r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
        "CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /.well-known/..a/%C8%99 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\nGET / HTTP/1.1\r\n",
    ]

    static let values = [
        "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "\"a\", W/\"b\"", "*", "bytes=0-1", "bytes=-5", "bytes=3-",
        "ro-MD,ro;q=0.9,en;q=0.8,*;q=0.1", "gzip, deflate;q=0.5, *;q=0", "a=1; b=\"2\"; c",
        "text/html; charset=\"utf-8\"; a=b", "multipart/form-data; boundary=B",
        "text/html,application/json;q=0.9,*/*;q=0.1", "2001:db8::1", "127.0.0.1", "a%20b%C8%99/..",
        "close, keep-alive",
    ]

    static let chunks = [
        "0\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n", "A;x=\"y\"\r\n0123456789\r\n1 ;z\r\n\r\r\n0\r\n\r\n",
        "2\r\nab\r\n0\r\nX: 1\r\nY: 2\r\n\r\nGET",
        "00000000000000f\r\n0123456789abcde\r\n0;q\r\n\r\n",
    ]

    static let forms = [
        "a=1&b=2", "name=Ana+Pop&text=a%0D%0Ab%26&x=%C8%99", "=&&a&b==c", "q=50%25&q=%2B",
    ]

    static let parts = [
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--B--\r\n",
        "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--B\r\n"
            + "Content-Disposition: form-data; name=\"f\"; filename=\"C:\\x\\%22y.pdf\"\r\n"
            + "Content-Type: application/pdf\r\n\r\n%PDF-\r\n--\r\n--B--",
    ]
}
