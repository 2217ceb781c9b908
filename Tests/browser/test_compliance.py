"""A3, A6, B7, E5, F1, F2, F3, F5, F6: what compliance officers and administrators do, and what is refused to others."""

import os
import subprocess
import tempfile
import unittest

from browser import Browser
from institution import CANDIDATES, Institution
from service import PASSWORD, instant


class Compliance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = place = Institution()
        cls.addClassCleanup(place.stop)
        # What two people must agree on needs a second officer.
        place.service.command("accounts", "add", "--role", "compliance_officer", "--email", "second@example.org", "--surname", "Ершова", "--given-name", "Нина", text=PASSWORD + "\n")
        place.tokens["second"] = place.service.login("second@example.org")
        cls.first = place.candidate(0, portrait="obama.jpg")
        cls.exam = place.exam()
        cls.attempt = place.started(cls.exam, cls.first)

    def browser(self, email, **named):
        made = Browser(self.place.service, **named)
        self.addCleanup(made.close)
        made.log_in(f"{email}@example.org")
        return made

    def test_pages_of_staff_are_closed_to_candidates(self):
        browser = self.browser(CANDIDATES[0][0])
        for path in ("/staff/register", "/staff/access", "/staff/surveys", "/staff/reports", "/staff/registers", "/staff/flag-rules", "/staff/retention", f"/staff/attempts/{self.attempt}"):
            browser.open(path)
            self.assertIn("Нет доступа", browser.text, path)
            self.assertNotIn(CANDIDATES[0][1], browser.one("main").text, path)

    def test_saved_searches(self):
        browser = self.browser("compliance_officer")
        browser.open("/staff/register")
        browser.says("Сохранённых поисков пока нет", "Найдено")
        browser.choose("method", "biometric")
        browser.until(lambda: browser.all("tbody tr") and "электронная" not in browser.all("tbody")[0].text, "only comparisons are listed")
        count = len(browser.all("tbody tr"))
        browser.press_text("Сохранить этот поиск")
        browser.fill("name", "Сверки лица")
        browser.press_text("Сохранить этот поиск")
        browser.says("Поиск сохранён")
        browser.until(lambda: f"Найдено: {count}" in browser.all(".card .steps")[0].text, "the search stands with its present count")
        # It finds what is there when it is opened, not what was there when it was saved.
        browser.press_text("Сбросить")
        browser.until(lambda: "электронная" in browser.text, "everything is listed again")
        browser.press_text("Сверки лица")
        browser.until(lambda: "электронная" not in browser.all("tbody")[0].text, "the search is open again")
        self.assertEqual(browser.one("[name=method]").get_attribute("value"), "biometric")
        # Another officer does not see what is not shared.
        other = self.browser("second")
        other.open("/staff/register")
        other.says("Сохранённых поисков пока нет")
        browser.press_text("Выгрузки")
        browser.until(lambda: browser.all("[name=view_id]"), "an export can be narrowed by it")
        browser.press_text("Записи")
        browser.press('[aria-label^="Удалить поиск"]')
        browser.says("Сохранённых поисков пока нет")

    def test_registers_as_files(self):
        browser = self.browser("compliance_officer")
        browser.open("/staff/registers")
        browser.choose("register", "orders")
        browser.choose("format", "csv")
        browser.press_text("Заказать")
        browser.until(lambda: browser.all("a[download]"), "the register is made", 60)
        export = next(each for each in self.place.call("GET", "/v1/exports?limit=10", "compliance_officer")["exports"] if each["register"] == "orders")
        content = self.place.call("GET", f"/v1/exports/{export['id']}/file", "compliance_officer").content.decode("utf-8-sig")
        self.assertIn("verifier/Д", content)
        self.assertNotIn("bundle", [option.get_attribute("value") for option in browser.all("[name=format] option")])

    def test_reading_out_of_the_ordinary(self):
        """F5: looks are listed by whose data they are; an alert is judged by somebody else."""
        place = self.place
        rules = {"people_an_hour": 1000, "opens_at_hour": 0, "closes_at_hour": 24, "asks_for_purpose": True, "asks_for_task": False}
        place.call("PUT", "/v1/access-rules", "second", json=rules)
        place.call("GET", f"/v1/identifications?attempt={self.attempt}", "compliance_officer")
        own = self.browser("compliance_officer")
        own.open("/staff/access")
        own.says("цель не указана", "Тихонова")
        own.press_text("Рассмотреть")
        own.says("Свой доступ рассматривает другой сотрудник")
        own.tick("finding", "justified")
        own.press("dialog[open] button[type=submit]")
        own.until(lambda: own.all("dialog[open] .notice.bad"), "nobody judges their own reading")
        browser = self.browser("second")
        browser.open("/staff/access")
        browser.press_text("Рассмотреть")
        browser.until(lambda: "результаты сверки" in browser.all("dialog[open]")[0].text, "the looks before the alert are shown")
        browser.tick("finding", "justified")
        browser.press("dialog[open] button[type=submit]")
        browser.says("Вывод записан", "обоснован")
        # Who looked at one person's data.
        browser.press_text("Все просмотры")
        browser.until(lambda: browser.all("[name=search]"), "a person can be looked for")
        browser.fill("search", CANDIDATES[0][1])
        browser.press(f'[aria-label^="Показать: {CANDIDATES[0][1]}"]')
        browser.says(f"Показаны просмотры данных: {CANDIDATES[0][1]}", "Тихонова")
        # The candidate is told of it, by role and not by name.
        candidate = self.browser(CANDIDATES[0][0], width=400)
        candidate.open("/account")
        candidate.says("Кто смотрел мои данные", "ответственный за учёт идентификации")
        self.assertNotIn("Тихонова", candidate.text)

    def test_survey(self):
        """F6: opened, answered without a name, shown after the end for groups of five and more."""
        place, browser = self.place, self.browser("compliance_officer")
        browser.open("/staff/surveys")
        browser.press_text("Открыть опрос")
        browser.fill("smallest_group", "4")
        browser.press("form button[type=submit]")
        browser.until(lambda: browser.all(".error"), "groups of fewer than five are refused")
        browser.fill("smallest_group", "5")
        browser.press("form button[type=submit]")
        browser.says("идёт", "До конца")
        self.assertFalse(browser.all('a[href^="/staff/surveys/"]'), "nothing is shown before the end")
        candidate = self.browser(CANDIDATES[0][0], width=400)
        candidate.open("/messages")
        candidate.press_text("Ответить")
        survey = place.call("GET", "/v1/surveys", "compliance_officer")["surveys"][0]
        for question in survey["questions"]:
            if question["kind"] != "text":
                candidate.tick(question["id"], "4" if question["kind"] == "scale" else "0")
        candidate.press("dialog[open] button[type=submit]")
        candidate.says("Спасибо")

        # Another one that is over soon: seven of staff answer, and one candidate, of whom nothing is told.
        short = place.call("POST", "/v1/surveys", "compliance_officer", json={"year": 2031, "title": {"ru": "Короткий", "en": "Short"}, "opens_at": instant(seconds=-5), "closes_at": instant(seconds=6)})
        for number, token in enumerate([*list(place.tokens.values())[:7], self.first]):
            own = place.service.call("POST", f"/v1/surveys/{short['id']}/token", token)["token"]
            place.service.call("POST", f"/v1/surveys/{short['id']}/answers", json={"token": own, "answers": [{"question": "access", "number": 5 if number else 1}]})
        browser.until(lambda: self.reload(browser, short["id"]), "the survey is over", 30)
        browser.says("Сотрудники · Ответили: 7", "Среднее: 4,43")
        browser.until(lambda: browser.all("svg.bars .bar"), "bars are drawn")
        self.assertIn("Ответивших меньше 5", browser.text)
        browser.shoot("survey-results")

    def reload(self, browser, survey):
        browser.driver.get(f"{browser.base}/staff/surveys/{survey}")
        browser.until(lambda: browser.driver.execute_script("return document.body.dataset.ready") is not None, "the page is shown")
        return browser.driver.execute_script("return document.body.dataset.ready") == "true"

    def test_retention(self):
        """F3: a preview, somebody else's agreement, the run, its certificate."""
        place = self.place
        before = len(place.call("GET", "/v1/identifications?method=electronic&limit=500", "compliance_officer")["identifications"])
        # Of somebody whose attempt nobody waits for: what belongs to an open attempt is held.
        done = place.candidate(1)
        place.service.call("POST", "/v1/me/system-checks", done)
        place.service.call("POST", "/v1/disciplines/IB/practice-tests", done)
        for kind in ("practice", "system_check"):
            place.call("PUT", "/v1/retention/rules", "compliance_officer", json={"kind": kind, "months": 0, "days": 0, "start": "taken", "source": "Проверка", "runs_by_itself": False})
        browser = self.browser("compliance_officer")
        browser.open("/staff/retention")
        browser.press_text("Уничтожение по срокам")
        browser.press_text("Что подлежит уничтожению")
        browser.says("готово к решению", "Предпросмотр делали вы")
        self.assertFalse([each for each in browser.all("button") if each.text.startswith("Уничтожить")], "nobody carries their own preview out")
        other = self.browser("second")
        other.open("/staff/retention")
        other.press_text("Уничтожение по срокам")
        other.press_text("Уничтожить")
        other.fill("number", "12-х")
        other.choose("date", instant()[:10])
        other.press("dialog[open] button[type=submit]")
        other.says("завершено", "Акт (PDF)", seconds=60)
        other.shoot("retention-run")
        run = place.call("GET", "/v1/retention/runs?limit=1", "compliance_officer")["runs"][0]
        self.assertEqual((run["state"], run["done"]), ("completed", run["due"]))
        self.assertGreater(run["done"], 0, "something was due")
        self.assertEqual(place.service.call("GET", "/v1/me/system-checks", done)["checks"], [])
        certificate = place.call("GET", f"/v1/retention/runs/{run['id']}/certificate", "second").content
        self.assertTrue(certificate.startswith(b"%PDF"))
        # What was destroyed leaves the records in the log, and the log whole.
        self.assertGreaterEqual(len(place.call("GET", "/v1/identifications?method=electronic&limit=500", "compliance_officer")["identifications"]), before)
        self.assertEqual(place.service.errors(), [])

    def test_withdrawal(self):
        """F3: who takes the biometric consent back loses the portrait, and the officer sees what was destroyed."""
        token = self.place.candidate(4, portrait="biden.jpg")
        self.place.service.call("GET", "/v1/me/portrait", token)
        candidate = self.browser(CANDIDATES[4][0], width=400)
        candidate.open("/consents")
        candidate.driver.execute_script(
            """const card = [...document.querySelectorAll('section.card')].find((each) => each.querySelector('h2').innerText.startsWith('Обработка биометрических'));
               [...card.querySelectorAll('button')].find((each) => each.innerText === 'Отозвать').click()""")
        candidate.press("dialog[open] button[type=submit]")
        candidate.says("отозвано")
        candidate.open("/portrait")
        self.assertFalse(candidate.all("main img"), "no portrait is shown any more")

        def is_gone():
            try:
                return self.place.service.call("GET", "/v1/me/portrait", token, expect=(404,))
            except RuntimeError:
                return False
        candidate.until(is_gone, "the portrait is destroyed", 30)
        officer = self.browser("compliance_officer")
        officer.until(lambda: officer.open("/staff/retention") or "портретов 1" in officer.text, "the destruction is listed", 30)

    def test_policy_and_people(self):
        """A3, A6: a policy is set for a kind of procedure; staff is added, and acts by an order until it is revoked."""
        browser = self.browser("administrator")
        browser.open("/staff/policies")
        browser.press_text("Изменить", inside="main .grid .card:last-child")
        browser.tick("second", "visual")
        browser.press("dialog[open] button[type=submit]")
        browser.says("Сохранено", "или визуальная")
        browser.open("/staff/people")
        browser.press_text("Завести сотрудника")
        for name, value in {"surname": "Лосев", "given_name": "Глеб", "email": "losev@example.org"}.items():
            browser.fill(name, value)
        browser.tick("roles", "verifier")
        browser.press("dialog[open] button[type=submit]")
        browser.says("Код показан один раз")
        code = browser.one("dialog[open] pre").text
        browser.press_text("Закрыть")
        browser.says("Лосев")
        # The code sets the password, once.
        fresh = Browser(self.place.service, width=400)
        self.addCleanup(fresh.close)
        for again in (False, True):
            fresh.open("/reset")
            for name in {field.get_attribute("name") for field in fresh.all("input[name]")}:
                fresh.fill(name, {"email": "losev@example.org", "code": code}.get(name, PASSWORD))
            fresh.press("button[type=submit]")
            if again:
                fresh.until(lambda: fresh.all(".notice.bad"), "a code is good once")
            else:
                fresh.until(lambda: not fresh.path.startswith("/reset") or "пароль" in fresh.text.lower() and not fresh.all("input[name=code]"), "the password is set")
        fresh.log_in("losev@example.org")
        fresh.open("/staff/people")
        fresh.says("Нет доступа")
        browser.open("/staff/orders")
        browser.press_text("Внести")
        losev = next(each["id"] for each in self.place.call("GET", "/v1/accounts?search=losev", "administrator")["accounts"])
        for name, value in {"number": "77-Д", "issued_by": "Ректор", "holders": losev}.items():
            browser.fill(name, value)
        browser.press("form button[type=submit]")
        browser.says("Записано", "77-Д")
        browser.press_text("Отозвать", inside="tbody tr:first-child")
        browser.fill("reason", "уволился")
        browser.press("dialog[open] button[type=submit]")
        browser.says("отозван(а) с")

    def test_webhooks(self):
        """E5: a receiver by https only; its secret is shown once."""
        browser = self.browser("administrator")
        browser.open("/staff/webhooks")
        browser.fill("url", "http://hooks.example.org/attestd")
        browser.press("form button[type=submit]")
        browser.until(lambda: browser.all("form .notice.bad"), "http is refused")
        browser.fill("url", "https://hooks.example.org/attestd")
        browser.press("form button[type=submit]")
        browser.says("Ключ подписи")
        secret = browser.one("dialog[open] pre").text
        self.assertTrue(secret.startswith("whsec_"), secret[:6])
        browser.press_text("Закрыть")
        browser.says("hooks.example.org")
        browser.open("/staff/webhooks")
        self.assertNotIn(secret, browser.driver.page_source)
        browser.press_text("Больше не", "Прекратить", "Отключить", "Не слать")
        browser.until(lambda: not [each for each in self.place.call("GET", "/v1/webhooks", "administrator")["webhooks"] if not each.get("ended_at")], "nothing is sent any more")

    def test_one_face_two_accounts(self):
        """B7: found behind the upload, decided by a person."""
        self.place.candidate(3, portrait="obama3.jpg")
        browser = self.browser("reviewer")
        browser.until(lambda: browser.open("/staff/duplicates") or CANDIDATES[3][1] in browser.text, "the two accounts are found", 60)
        self.assertIn(CANDIDATES[0][1], browser.text)
        browser.press_text("Решить")
        browser.tick("verdict", "different_people")
        browser.fill("comment", "Братья, документы проверены.")
        browser.press("dialog[open] button[type=submit]")
        browser.says("Решение записано", "разные люди")
        self.assertFalse([each for each in browser.all("button") if each.text == "Решить"], "a decision stands")

    def test_service_state(self):
        """Keys, rules and backups as the administrator sees them."""
        browser = self.browser("administrator")
        browser.open("/staff/health")
        browser.says("Копий ещё не делали", "стандартные, 15")
        with tempfile.TemporaryDirectory() as folder:
            self.place.service.command("backup", "--to", os.path.join(folder, "backup"))
        browser.open("/staff/health")
        browser.says("Файлов свидетельств", "назад")
        browser.press_text("Посмотреть правила")
        browser.says("Часто покидает страницу", "стандартные правила")


if __name__ == "__main__":
    unittest.main()
