"""Walks through every page as everybody who works there: in both languages, wide and narrow, light and dark.

A page has no serious finding of axe-core, no error or violation of the policy in the console, no sideways scrolling, no
text that is not translated, no code of the API, and its first view takes less than 100 kB.
"""

import re
import unittest

from browser import Browser
from institution import Institution, picture
from service import day, instant

MOST_BYTES = 100_000
LOOKS = [("ru", 1280, "light"), ("en", 360, "dark"), ("ru", 360, "light"), ("en", 1280, "dark")]
WORDS = re.compile(r"[А-Яа-яЁё]{4,}")
# E-mail addresses and the setting's name that administrators are told are none.
CODES = re.compile(r"\b(?!flag_rules\b)[a-z]+(?:_[a-z]+)+\b(?!@)")


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = place = Institution()
        cls.addClassCleanup(place.stop)
        cls.exam = place.exam()
        cls.token = place.candidate(0, consents=("personal_data", "biometric", "distance_technology"), portrait="obama.jpg")
        cls.attempt = place.started(cls.exam, cls.token)
        cls.second_exam = place.exam("Второй экзамен", opens_at=instant(days=8), closes_at=instant(days=9))
        place.call("POST", f"/v1/exams/{cls.second_exam}/schedules", "examiner", json={"opens_at": instant(days=8), "closes_at": instant(days=9), "place": "дистанционно"})
        # An attempt that is over, with an open answer, an appeal about it, and a place in the verifiers' queue.
        other = place.candidate(1, portrait="biden.jpg")
        place.service.call("POST", f"/v1/exams/{cls.exam}/attempts", other)
        attempts = place.service.call("GET", "/v1/me/attempts", other)["attempts"]
        cls.over = attempts[0]["attempt"]["id"]
        place.call("POST", f"/v1/attempts/{cls.over}/identification-override", "examiner", json={"reason": "без камеры"}, expect=(200, 403, 409))
        third = place.candidate(2, consents=("personal_data",))
        cls.case = place.service.call("POST", "/v1/me/visual-identifications", third, json={"procedure": "final_attestation"})["id"]
        place.service.call("PUT", f"/v1/me/visual-identifications/{cls.case}/pictures/live", third, **picture("obama3.jpg"))
        transfer = {"items": [{"discipline": "IB", "earlier_discipline": "Сети", "earlier_form": "exam", "earlier_grade": "good", "earlier_units": 3}], "paper": "Справка № 5"}
        cls.application = place.service.call("POST", "/v1/credit-transfers", cls.token, json=transfer)["id"]
        # A survey that is over, with five answers of staff; a closed grade sheet.
        cls.survey = place.call("POST", "/v1/surveys", "compliance_officer", json={"year": 2031, "title": {"ru": "Качество услуг", "en": "Quality"}, "opens_at": instant(seconds=-5), "closes_at": instant(seconds=3)})["id"]
        for token in list(place.tokens.values())[:5]:
            own = place.service.call("POST", f"/v1/surveys/{cls.survey}/token", token)["token"]
            place.service.call("POST", f"/v1/surveys/{cls.survey}/answers", json={"token": own, "answers": [{"question": "access", "number": 4}, {"question": "device", "number": 0}]})
        rows = "group;kind;contract;faculty;record_book\nБИ-21;academic;5/26;ФИБ;100\n"
        place.call("POST", "/v1/groups/imports", "compliance_officer", data=rows.encode(), headers={"Content-Type": "text/csv"})
        group = place.call("GET", "/v1/groups", "compliance_officer")["groups"][0]["id"]
        sheet = {"academic_year": "2026/2027", "credit_units": "3", "exam_day": day(0), "exam_id": cls.exam, "examiner_id": place.ids["examiner"], "group_id": group, "semester": 1}
        cls.sheet = place.call("POST", "/v1/grade-sheets", "compliance_officer", json=sheet)["sheet"]["id"]
        place.call("PUT", f"/v1/grade-sheets/{cls.sheet}/rows/1", "compliance_officer", json={"mark": "not_appeared", "reason": "не явилась"})
        place.call("POST", f"/v1/grade-sheets/{cls.sheet}/closing", "examiner")
        cls.record = place.call("GET", "/v1/identifications?method=biometric&limit=1", "compliance_officer")["identifications"][0]["id"]
        cls.person = place.service.call("GET", "/v1/me", cls.token)["id"]

    def walk(self, email, paths):
        for language, width, theme in LOOKS:
            browser = Browser(self.place.service, language=language, theme=theme, width=width)
            try:
                if email:
                    browser.log_in(email)
                for path, name in paths:
                    with self.subTest(page=name, language=language, width=width, theme=theme):
                        browser.console()
                        browser.open(path)
                        self.assertEqual(browser.driver.execute_script("return document.body.dataset.ready ?? 'open'"), "true", browser.text[:600])
                        browser.shoot(f"{name}-{language}-{width}-{theme}")
                        self.assertEqual(browser.axe(), [])
                        self.assertEqual(browser.console(), [])
                        self.assertIsNone(browser.overflow())
                        self.assertLess(browser.transferred(), MOST_BYTES)
                        self.assertNotIn("⟦", browser.text)
                        self.assertEqual(self.codes(browser), [])
                        self.assertEqual(browser.driver.execute_script("return document.documentElement.lang"), language)
                        if language == "en":
                            self.assertEqual(self.russian(browser), [])
            finally:
                browser.close()

    def codes(self, browser):
        """What stands on the page as the API has it, such as `password_valid`; what people have to type is in a `code`."""
        shown = browser.driver.execute_script(
            """const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const found = [];
               while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('code, pre, script, style, textarea')) found.push(walker.currentNode.data);
               return found""")
        return sorted({code for text in shown for code in CODES.findall(text)})

    def russian(self, browser):
        """Russian words on an English page that are nobody's name, title or text."""
        own = browser.driver.execute_script(
            """const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT); const found = [];
               while (walker.nextNode()) if (walker.currentNode.parentElement.closest('button, label, h1, h2, th, summary, legend, [role=tab], .hint, .badge')) found.push(walker.currentNode.data);
               return found""")
        known = ("Основы", "информационной", "безопасности", "Второй", "экзамен", "Криптография", "Сети", "Порт", "Пары", "Соль", "Биты", "Фишинг", "Шифры", "Эссе", "ШАБЛОН")
        return [text for text in own if any(word not in known and not self.is_name(word) for word in WORDS.findall(text)) and not self.is_content(text)]

    def is_name(self, word):
        import institution
        return any(word in part for row in institution.CANDIDATES for part in row) or any(word in part for pair in institution.NAMES.values() for part in pair)

    def is_content(self, text):
        from institution import BANK
        return text.strip() in BANK or any(line.strip() and line.strip() in BANK for line in text.split("\n"))

    def test_everybody(self):
        self.walk(None, [("/login", "login"), ("/register", "register"), ("/reset", "reset")])

    def test_candidate(self):
        self.walk("soloveva@example.org", [
            ("/", "home"), ("/consents", "consents"), ("/portrait", "portrait"), ("/check", "check"), ("/schedule", "schedule"), (f"/exam/{self.second_exam}", "waiting"), ("/account", "account"),
            ("/results", "results"), ("/card", "card"), ("/cases", "cases"), (f"/cases/{self.application}", "case"), ("/identity", "identity"), ("/practice", "practice"), ("/practice/IB", "practice-test"), ("/messages", "messages"),
        ])

    def test_examiner(self):
        self.walk("examiner@example.org", [
            ("/", "staff-home"), ("/staff/exams", "staff-exams"), ("/staff/exams/new", "staff-exam-new"), (f"/staff/exams/{self.exam}", "staff-exam"), (f"/staff/wall/{self.exam}", "staff-wall"), (f"/staff/attempts/{self.attempt}", "staff-attempt"),
            ("/staff/review", "staff-review"), ("/staff/banks", "staff-banks"), ("/staff/banks/IB", "staff-bank"), ("/staff/grading", "staff-grading"), ("/staff/sheets", "staff-sheets"), ("/staff/groups", "staff-groups"), ("/account", "staff-account"), ("/cases", "staff-cases"),
        ])

    def test_verifier(self):
        self.walk("verifier@example.org", [("/staff/queue", "staff-queue"), (f"/staff/queue/{self.case}", "staff-case")])

    def test_compliance_officer(self):
        self.walk("compliance_officer@example.org", [
            ("/staff/register", "staff-register"), (f"/staff/register/{self.record}", "staff-record"), ("/staff/contracts", "staff-contracts"), ("/staff/orders", "staff-orders"), ("/staff/policies", "staff-policies"), ("/staff/consents", "staff-consents"), ("/staff/retention", "staff-retention"), ("/staff/duplicates", "staff-duplicates"),
            ("/staff/access", "staff-access"), ("/staff/surveys", "staff-surveys"), (f"/staff/surveys/{self.survey}", "staff-survey"), ("/staff/reports", "staff-reports"), ("/staff/registers", "staff-registers"), ("/staff/flag-rules", "staff-flag-rules"), (f"/staff/sheets/{self.sheet}", "staff-sheet"),
        ])

    def test_administrator(self):
        self.walk("administrator@example.org", [("/", "administrator-home"), ("/staff/people", "staff-people"), (f"/staff/people/{self.person}", "staff-person"), ("/staff/webhooks", "staff-webhooks"), ("/staff/health", "staff-health")])

    def test_running_exam(self):
        # The exam is one device's, so each look takes it over from the one before.
        self.walk("soloveva@example.org", [(f"/attempt/{self.attempt}", "attempt")])
