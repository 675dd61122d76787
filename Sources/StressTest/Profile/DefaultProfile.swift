extension Profile {
    /// What `vouch stress` plays when no profile is named; the same text as
    /// `config/stress/default.json`, which a program without its checkout does not have.
    package static let defaultText = #"""
        {
          "about": [
            "A day's mix, much of it anonymous. 'vouch stress profile' prints this text.",
            "Members and the admin, whose number no crowd changes, take part where the environment",
            "has their listener (or the site's) and the Cookie field of somebody who is signed in,",
            "recommended visitors where it has an affiliate's API token; status is the listener of",
            "its own, as in http://127.0.0.1:8081."
          ],
          "rate": 20,
          "phases": "5s@1,10s@10,10s@1",
          "lists": {
            "job": {
              "path": "/api/v1/jobs?limit=100", "items": "items", "value": "slug", "next": "next"
            },
            "company": {"path": "/api/v1/jobs?limit=100", "items": "items", "value": "company"},
            "link": {
              "path": "/api/v1/affiliate/links", "items": "items", "value": "link.code",
              "headers": {"Authorization": "Bearer ${env:VOUCH_STRESS_AFFILIATE_TOKEN}"}
            }
          },
          "classes": [
            {
              "name": "reader",
              "share": 60,
              "connections": "visit",
              "headers": {"Accept": "text/html", "Accept-Language": "en"},
              "steps": [
                {
                  "get": "/jobs/${job}",
                  "expect": [200],
                  "capture": {
                    "style": {"after": "<link rel=\"stylesheet\" href=\"", "before": "\""}
                  }
                },
                {"get": "${style}", "expect": [200]}
              ]
            },
            {
              "name": "seeker",
              "share": 20,
              "connections": "visit",
              "headers": {"Accept": "text/html", "Accept-Language": "en"},
              "steps": [
                {"get": "/", "expect": [200]},
                {"get": "/jobs", "expect": [200]},
                {"get": "/companies/${company}", "expect": [200]},
                {"get": "/jobs/${job}", "expect": [200]}
              ]
            },
            {
              "name": "recommended",
              "share": 5,
              "optional": true,
              "headers": {"Accept": "text/html"},
              "steps": [
                {"get": "/r/${link}", "expect": [302, 303, 307]},
                {"get": "${location}", "expect": [200]}
              ]
            },
            {
              "name": "applicant",
              "share": 2,
              "connections": "visit",
              "headers": {"Accept": "text/html", "Accept-Language": "en"},
              "steps": [
                {
                  "get": "/jobs/${job}/apply",
                  "expect": [200],
                  "capture": {
                    "style": {"after": "<link rel=\"stylesheet\" href=\"", "before": "\""},
                    "csrf": {"after": "name=\"csrf\" value=\"", "before": "\""},
                    "key": {"after": "name=\"idempotency_key\" value=\"", "before": "\""}
                  }
                },
                {"get": "${style}", "expect": [200]},
                {
                  "post": "/jobs/${job}/apply",
                  "multipart": {
                    "csrf": "${csrf}",
                    "idempotency_key": "${key}",
                    "name": "Ana Stress",
                    "email": "stress-${unique}@example.test",
                    "message": "Sent by a load test.",
                    "consent": "yes",
                    "cv": {
                      "file": "cv.pdf", "type": "application/pdf", "content": "%PDF-1.4\n%%EOF\n"
                    }
                  },
                  "expect": [202, 302, 303],
                  "receipt": {"key": "${key}"}
                }
              ]
            },
            {
              "name": "program",
              "share": 3,
              "connections": "kept",
              "headers": {"Accept": "application/json"},
              "steps": [
                {"get": "/api/v1/jobs/${job}", "expect": [200]}
              ]
            },
            {
              "name": "crawler",
              "share": 2,
              "connections": "kept",
              "steps": [
                {"get": "/sitemap.xml", "expect": [200]},
                {"get": "/jobs/${job}", "expect": [200]}
              ]
            },
            {
              "name": "company",
              "share": 3,
              "steady": true,
              "optional": true,
              "target": "${env:VOUCH_STRESS_MEMBERS_TARGET}",
              "headers": {"Accept": "text/html", "Cookie": "${env:VOUCH_STRESS_COMPANY_COOKIE}"},
              "steps": [
                {"get": "/company", "expect": [200]},
                {"get": "/company/jobs", "expect": [200]}
              ]
            },
            {
              "name": "affiliate",
              "share": 4,
              "steady": true,
              "optional": true,
              "target": "${env:VOUCH_STRESS_MEMBERS_TARGET}",
              "headers": {"Accept": "text/html", "Cookie": "${env:VOUCH_STRESS_AFFILIATE_COOKIE}"},
              "steps": [
                {"get": "/affiliate", "expect": [200]},
                {"get": "/affiliate/introductions", "expect": [200]}
              ]
            },
            {
              "name": "admin",
              "share": 1,
              "steady": true,
              "optional": true,
              "target": "${env:VOUCH_STRESS_MEMBERS_TARGET}",
              "headers": {"Accept": "text/html", "Cookie": "${env:VOUCH_STRESS_ADMIN_COOKIE}"},
              "steps": [
                {"get": "/admin", "expect": [200]},
                {"get": "/admin/hires", "expect": [200]}
              ]
            },
            {
              "name": "health",
              "rate": 10,
              "connections": "new",
              "steps": [
                {"get": "/healthz", "expect": [200]},
                {"get": "/status", "expect": [200]}
              ]
            },
            {
              "name": "status",
              "rate": 10,
              "connections": "new",
              "optional": true,
              "target": "${env:VOUCH_STRESS_STATUS_TARGET}",
              "steps": [
                {"get": "/healthz", "expect": [200]},
                {"get": "/status", "expect": [200]}
              ]
            }
          ]
        }

        """#
}
