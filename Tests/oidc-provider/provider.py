"""Administers the Glewlwyd that `run` started: `prepare` once, `rotate` for a new signing key.

Standard library only. The state that `rotate` needs lies in the folder OIDC_TEST_FOLDER.
"""

import json
import os
import pathlib
import ssl
import subprocess
import sys
import urllib.error
import urllib.request

FOLDER = pathlib.Path(os.environ["OIDC_TEST_FOLDER"])
BASE = os.environ["OIDC_TEST_BASE"]

# Who can log in; passwords are for this throw-away provider only.
PEOPLE = [
    {
        "username": "examiner", "password": "examiner-password", "name": "Анна Петрова", "email": "petrova@example.edu",
        "given": "Анна", "family": "Петрова", "middle": "Сергеевна", "verified": "true",
        "group": ["staff", "exam-board"],
    },
    {
        "username": "unverified", "password": "unverified-password", "name": "B", "email": "b@example.edu",
        "verified": "false", "group": ["exam-board"],
    },
    {"username": "stranger", "password": "stranger-password", "name": "C", "email": "c@example.edu", "group": ["staff"]},
]


class Administrator:
    """A session at the administration API."""

    def __init__(self) -> None:
        context = ssl.create_default_context(cafile=str(FOLDER / "ca.pem"))
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), urllib.request.ProxyHandler({})
        )
        # Python's cookie jar takes no cookie of `localhost`.
        self.cookie = ""
        self.call("POST", "/api/auth", {"username": "admin", "password": "password"})

    def call(self, method: str, path: str, body: object = None) -> object:
        request = urllib.request.Request(BASE + path, method=method, headers={"Cookie": self.cookie})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with self.opener.open(request, timeout=20) as response:
                text = response.read()
                self.cookie = (response.headers.get("Set-Cookie") or self.cookie).split(";")[0]
        except urllib.error.HTTPError as error:
            sys.exit(f"{method} {path}: {error.code} {error.read().decode(errors='replace')}")
        return json.loads(text) if text else None


def signing_keys(name: str, algorithm: str) -> str:
    """A private JWK set with one new key."""
    kind = "ec256" if algorithm == "ES256" else "rsa2048"
    command = ["rnbyc", "-j", "-g", kind, "-k", name, "-a", algorithm, "-p", "/dev/null"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return text[text.index("{") :]


def plugin(keys: str) -> dict:
    """The OpenID Connect plugin's settings."""

    def claim(name: str, prop: str, kind: str = "string") -> dict:
        values = {"boolean-value-true": "true", "boolean-value-false": "false"} if kind == "boolean" else {}
        return {"name": name, "user-property": prop, "type": kind, "mandatory": True, "scope": [], **values}

    return {
        "module": "oidc", "name": "oidc", "display_name": "OpenID Connect", "order_rank": 0,
        "parameters": {
            "iss": f"{BASE}/api/oidc", "oauth-as-iss-id": True,
            "jwks-private": keys, "default-kid": "", "jwks-show": True,
            "access-token-duration": 300, "refresh-token-duration": 300, "code-duration": 60,
            "refresh-token-rolling": False, "allow-non-oidc": False,
            "auth-type-code-enabled": True, "auth-type-code-revoke-replayed": True,
            "auth-type-token-enabled": False, "auth-type-implicit-enabled": False,
            "auth-type-password-enabled": False, "auth-type-client-enabled": False,
            "auth-type-device-enabled": False, "auth-type-refresh-enabled": False,
            "pkce-allowed": True, "pkce-method-plain-allowed": False, "pkce-required": True,
            "subject-type": "public", "name-claim": "mandatory", "email-claim": "mandatory", "scope-claim": "no",
            "claims": [
                claim("given_name", "given"), claim("family_name", "family"), claim("middle_name", "middle"),
                claim("email_verified", "verified", "boolean"), claim("groups", "group"),
            ],
        },
    }


def prepare() -> None:
    admin = Administrator()
    admin.call("POST", "/api/mod/plugin/", plugin(signing_keys("first", "RS256")))
    users = admin.call("GET", "/api/mod/user/database")
    for name in ("given", "family", "middle", "verified", "group"):
        users["parameters"]["data-format"][name] = {
            "multiple": name == "group", "read": True, "write": True, "profile-read": False, "profile-write": False,
        }
    admin.call("PUT", "/api/mod/user/database", users)
    admin.call("PUT", "/api/mod/user/database/reset")
    for person in PEOPLE:
        admin.call("POST", "/api/user/", {**person, "enabled": True, "scope": ["openid", "g_profile"]})
    redirect = os.environ["OIDC_TEST_REDIRECT_URI"]
    client = {
        "enabled": True, "scope": [], "redirect_uri": [redirect], "authorization_type": ["code"],
    }
    admin.call("POST", "/api/client/", {
        **client, "client_id": "attestd", "name": "attestd", "confidential": True,
        "password": (FOLDER / "client-secret").read_text().strip(),
        "token_endpoint_auth_method": ["client_secret_basic"],
    })
    admin.call("POST", "/api/client/", {
        **client, "client_id": "attestd-public", "name": "attestd", "confidential": False,
        "token_endpoint_auth_method": ["none"],
    })


def rotate(name: str, algorithm: str) -> None:
    admin = Administrator()
    admin.call("PUT", "/api/mod/plugin/oidc", plugin(signing_keys(name, algorithm)))
    admin.call("PUT", "/api/mod/plugin/oidc/reset")


if __name__ == "__main__":
    {"prepare": prepare, "rotate": rotate}[sys.argv[1]](*sys.argv[2:])
