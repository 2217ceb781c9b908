"""A5: the way to the institution's own provider and back, beside a real one (Glewlwyd)."""

import importlib.util
import json
import os
import pathlib
import socket
import subprocess
import sys
import unittest
import urllib.parse

from browser import CACHE, Browser
from service import ROOT, Service

# What the provider's own page does once somebody has typed the password: our Glewlwyd comes without its pages.
LOG_IN = """
const [person, client, done] = [arguments[0], arguments[1], arguments[arguments.length - 1]];
const send = (method, path, body) => fetch(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
send("POST", "/api/auth", { username: person, password: `${person}-password` })
    .then(() => send("PUT", `/api/auth/grant/${client}`, { scope: "openid" })).then((answer) => done(answer.status), (error) => done(String(error)));
"""


class Provider(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shared = ROOT / ".build/oidc-provider"
        cache = shared if shared.exists() else CACHE / "oidc-provider"
        tell = "import json, os, sys; print(json.dumps({k: v for k, v in os.environ.items() if k.startswith('OIDC_TEST')}), flush=True); sys.stdin.read()"
        cls.process = subprocess.Popen([ROOT / "Tests/oidc-provider/run", str(cache), sys.executable, "-c", tell], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.end)
        line = cls.process.stdout.readline()
        if not line:
            raise RuntimeError("the provider does not start")
        os.environ.update(json.loads(line))
        cls.base = os.environ["OIDC_TEST_BASE"]
        folder = pathlib.Path(os.environ["OIDC_TEST_FOLDER"])
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        redirect = f"http://localhost:{port}/v1/login/provider/callback"
        description = importlib.util.spec_from_file_location("provider", ROOT / "Tests/oidc-provider/provider.py")
        provider = importlib.util.module_from_spec(description)
        description.loader.exec_module(provider)
        provider.Administrator().call("POST", "/api/client/", {
            "enabled": True, "scope": [], "redirect_uri": [redirect], "authorization_type": ["code"], "client_id": "attestd-browser", "name": "attestd", "confidential": False, "token_endpoint_auth_method": ["none"],
        })
        cls.service = Service(port, {"open_id_connect": {
            "issuer": f"{cls.base}/api/oidc", "client_id": "attestd-browser", "redirect_uri": redirect, "certificate_file": str(folder / "ca.pem"), "scopes": ["openid"],
            "display_name": {"ru": "Учётная запись университета", "en": "University account"}, "roles": [{"claim": "groups", "value": "exam-board", "role": "examiner"}],
        }})
        cls.addClassCleanup(cls.service.stop)

    @classmethod
    def end(cls):
        cls.process.stdin.close()
        cls.process.wait(timeout=20)
        cls.process.stdout.close()

    def go(self, browser, person):
        """From the log-in page to the provider, and the log-in there."""
        browser.open("/login?next=" + "%2Fstaff%2Fexams")
        browser.press_text("Войти: Учётная запись университета")
        browser.until(lambda: browser.driver.current_url.startswith(self.base), "the browser is at the provider")
        asked = urllib.parse.parse_qs(urllib.parse.urlparse(browser.driver.current_url).query)["callback_url"][0]
        self.assertIn("code_challenge_method=S256", asked)
        # Any page of the provider's origin will do to log in from.
        browser.driver.get(f"{self.base}/api/oidc/.well-known/openid-configuration")
        browser.driver.set_script_timeout(20)
        self.assertEqual(browser.driver.execute_async_script(LOG_IN, person, "attestd-browser"), 200)
        browser.driver.get(f"{asked}&g_continue")
        browser.until(lambda: browser.driver.current_url.startswith(self.service.base), "the browser is back")

    def browser(self):
        made = Browser(self.service, arguments=["--ignore-certificate-errors"])
        self.addCleanup(made.close)
        return made

    def test_there_and_back(self):
        browser = self.browser()
        self.go(browser, "examiner")
        browser.until(lambda: browser.path == "/staff/exams" and browser.ready(), "the way leads to where one wanted to go")
        browser.open("/account")
        browser.says("Петрова Анна Сергеевна", "преподаватель")
        self.assertNotIn("code=", browser.driver.execute_script("return performance.getEntriesByType('navigation')[0].name"))
        browser.open("/staff/people")
        browser.says("Нет доступа")

    def test_no_rule_no_access(self):
        browser = self.browser()
        self.go(browser, "stranger")
        browser.until(lambda: browser.text.strip(), "a page says why")
        self.assertNotIn("/staff/exams", browser.path)
        browser.open_without_login("/staff/exams")
        browser.until(lambda: browser.path.startswith("/login"), "nobody is logged in")


if __name__ == "__main__":
    unittest.main()
