"""A2, A8: logins, passwords, the second factor, sessions and language, as people do it."""

import base64
import hashlib
import hmac
import struct
import time
import unittest
import urllib.parse

from browser import Browser
from institution import Institution
from service import PASSWORD


def totp(secret):
    """The code of now (RFC 6238)."""
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Account(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Institution()
        cls.addClassCleanup(cls.place.stop)

    def browser(self, **named):
        made = Browser(self.place.service, **named)
        self.addCleanup(made.close)
        return made

    def test_wrong_password(self):
        browser = self.browser()
        browser.open("/login")
        browser.fill("email", "verifier@example.org")
        browser.fill("password", "something else")
        browser.press("button[type=submit]")
        browser.until(lambda: browser.all(".notice.bad"), "the refusal is told")
        self.assertIn("/login", browser.path)
        self.assertNotIn("something", browser.driver.current_url)

    def test_nobody_is_sent_elsewhere(self):
        browser = self.browser()
        for target in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
            browser.open("/login?next=" + urllib.parse.quote(target, safe=""))
            browser.fill("email", "reviewer@example.org")
            browser.fill("password", PASSWORD)
            browser.press("button[type=submit]")
            browser.until(lambda: browser.path == "/", f"{target} leads to the main page")

    def test_pages_of_others(self):
        browser = self.browser()
        browser.open_without_login("/staff/people")
        browser.until(lambda: browser.path.startswith("/login?next="), "who is not logged in is asked to")
        browser.log_in("verifier@example.org")
        browser.open("/staff/people")
        browser.says("Нет доступа")

    def test_second_factor(self):
        browser = self.browser()
        browser.log_in("examiner@example.org")
        browser.open("/account")
        browser.press_text("Подключить")
        browser.fill("password", PASSWORD)
        browser.press("dialog[open] button[type=submit]")
        browser.says("Добавьте этот ключ")
        secret = browser.one("dialog[open] code").text
        browser.fill("code", totp(secret))
        browser.press("dialog[open] button[type=submit]")
        browser.says("Запасные коды")
        recovery = browser.one("dialog[open] pre").text.split()[0]
        browser.press_text("Закрыть")
        browser.says("Подключён")
        browser.press("[aria-label=Выйти]")
        browser.until(lambda: browser.path == "/login" and browser.ready(), "logged out")
        browser.fill("email", "examiner@example.org")
        browser.fill("password", PASSWORD)
        browser.press("button[type=submit]")
        browser.says("Второй шаг")
        browser.fill("code", "000000")
        browser.press("button[type=submit]")
        browser.until(lambda: browser.all(".notice.bad"), "a wrong code is refused")
        browser.fill("code", recovery)
        browser.press("button[type=submit]")
        browser.until(lambda: browser.path == "/", "a recovery code opens")

    def test_password_and_language(self):
        browser = self.browser(language="en")
        browser.log_in("compliance_officer@example.org")
        browser.open("/account")
        browser.says("Where you are logged in")
        browser.fill("old_password", PASSWORD)
        browser.fill("new_password", "four other words now")
        browser.press_text("Change the password")
        browser.says("The password was changed")
        self.assertEqual(len(self.place.service.call("GET", "/v1/me/sessions", self.place.service.login("compliance_officer@example.org", "four other words now"))["sessions"]), 2)
        browser.press_text("Русский")
        browser.says("Где вы вошли")


if __name__ == "__main__":
    unittest.main()
