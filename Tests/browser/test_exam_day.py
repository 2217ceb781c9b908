"""A whole exam day in several browsers at once: a candidate passes though the connection is cut, an impostor is caught, a
verifier lets somebody in by a document, a reviewer confirms, the compliance officer sees it all in the log."""

import os
import subprocess
import unittest

from selenium.webdriver.common.keys import Keys

from browser import PHOTOGRAPHS, Browser
from institution import CANDIDATES, Institution, picture
from proxy import Proxy
from service import PASSWORD


class ExamDay(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Institution()
        cls.addClassCleanup(cls.place.stop)
        policy = {"any_of": [["electronic", "biometric"]], "visual_replaces_biometric": True, "liveness": False, "on_failure": "queue"}
        cls.exam = cls.place.exam(identification=None, liveness=None, identification_policy=policy)

    def browser(self, *arguments, **named):
        made = Browser(self.place.service, *arguments, **named)
        self.addCleanup(made.close)
        return made

    def test_exam_day(self):
        place, exam = self.place, self.exam
        proxy = Proxy(place.service.port)
        self.addCleanup(proxy.close)

        # The candidate registers under a contract, consents, and sends a portrait: one next step after the other.
        candidate = self.browser(camera=("obama2.jpg",), width=400, proxy=proxy.base)
        name, surname, given_name, patronymic, contract = CANDIDATES[0]
        candidate.open("/register")
        for field, value in {"surname": surname, "given_name": given_name, "patronymic": patronymic, "contract_number": "нет такого", "email": f"{name}@example.org", "password": PASSWORD}.items():
            candidate.fill(field, value)
        candidate.press("button[type=submit]")
        candidate.until(lambda: candidate.all(".notice.bad"), "an unknown contract is refused")
        candidate.fill("contract_number", contract)
        candidate.press("button[type=submit]")
        candidate.says("Следующий шаг")
        candidate.press_text("Перейти")
        candidate.says("Обработка биометрических данных")
        for _ in range(3):
            before = len(candidate.all(".badge.good"))
            candidate.press_text("Согласен")
            candidate.until(lambda: len(candidate.all(".badge.good")) > before, "the consent is given")
        candidate.open("/portrait")
        candidate.one("input[type=file]").send_keys(str(PHOTOGRAPHS / "obama.jpg"))
        candidate.says("Портрет принят")
        candidate.open("/check")
        candidate.press_text("Начать проверку")
        candidate.says("Всё готово")
        candidate.shoot("day-check")

        # The waiting room: why one cannot start yet, the face, the start.
        candidate.open(f"/exam/{exam}")
        candidate.press_text("Подготовиться к экзамену")
        candidate.says("Поместите лицо в контур")
        self.assertNotIn("Начать экзамен", candidate.text)
        candidate.press_text("Подтвердить личность")
        candidate.says("Личность подтверждена")
        candidate.shoot("day-waiting")
        candidate.press_text("Начать экзамен")
        candidate.says("Задание 1 из 7")
        attempt = candidate.path.split("/")[-1]

        # Meanwhile the examiner watches.
        examiner = self.browser()
        examiner.log_in("examiner@example.org")
        examiner.open(f"/staff/wall/{exam}")
        examiner.says(surname, "идёт")
        examiner.until(lambda: examiner.all(".wall img"), "the wall shows the newest frame")

        # An impostor sits down at another candidate's device: the wall shows it, a person ends the attempt.
        token = place.candidate(1, portrait="obama.jpg")
        other = place.started(exam, token)
        impostor = self.browser(camera=("biden.jpg",))
        impostor.log_in(f"{CANDIDATES[1][0]}@example.org")
        impostor.open(f"/attempt/{other}")
        if "другом устройстве" in impostor.text or impostor.all("dialog[open]"):
            impostor.press_text("Продолжить здесь")
        impostor.says("Задание 1 из 7")
        examiner.until(lambda: "другой человек" in examiner.text, "the wall tells of another person", 90)
        examiner.shoot("day-wall")
        examiner.open(f"/staff/attempts/{other}")
        examiner.says("другой человек")
        examiner.until(lambda: examiner.all("svg.axis .dot.bad"), "the score stands on the timeline")
        examiner.shoot("day-timeline")
        examiner.press_text("Прекратить")
        examiner.choose("reason", "other_person")
        examiner.press("dialog[open] button[type=submit]")
        examiner.says("не засчитана")
        impostor.says("Экзамен завершён")

        # The candidate answers, loses the connection, goes on answering, and nothing is lost.
        self.answer(candidate, 1)
        candidate.says("Ответы сохранены")
        proxy.cut()
        self.answer(candidate, 2)
        self.answer(candidate, 3)
        candidate.says("Нет связи")
        candidate.shoot("day-offline")
        kept = place.service.call("GET", f"/v1/attempts/{attempt}/answers", place.tokens["examiner"])["answers"]
        self.assertEqual(len(kept), 1)
        proxy.mend()
        candidate.says("Ответы сохранены", seconds=60)
        for number in range(4, 8):
            self.answer(candidate, number)
        candidate.says("Ответы сохранены")
        kept = place.service.call("GET", f"/v1/attempts/{attempt}/answers", place.tokens["examiner"])["answers"]
        self.assertEqual(len(kept), 7)
        candidate.shoot("day-exam")

        # What the examiner demands is shown.
        examiner.open(f"/staff/attempts/{attempt}")
        examiner.press_text("Показать")
        examiner.press("dialog[open] button[type=submit]")
        candidate.says("Покажите рабочее место")
        candidate.press_text("Снять")
        candidate.press_text("Отправить снимки")
        candidate.says("Принято")

        candidate.press_text("Завершить и сдать")
        candidate.press_text("Сдать")
        candidate.says("Экзамен завершён")
        candidate.press_text("К результату")
        candidate.says("Баллы")
        candidate.shoot("day-result")
        self.assertNotIn("расстояние", candidate.text.lower())

        # Somebody without biometrics goes by the verifiers' queue.
        third = self.browser(camera=("obama3.jpg",))
        place.candidate(2, consents=("personal_data",))
        third.log_in(f"{CANDIDATES[2][0]}@example.org")
        third.open(f"/exam/{exam}")
        third.press_text("Подготовиться к экзамену")
        third.press_text("Встать в очередь")
        third.says("Ваш номер в очереди")
        verifier = self.browser()
        verifier.log_in("verifier@example.org")
        verifier.open("/staff/queue")
        verifier.says(CANDIDATES[2][1])
        verifier.press_text("Взять")
        verifier.says("Решение и причина")
        verifier.press("form button[type=submit]")
        verifier.until(lambda: verifier.all(".error"), "a decision without a document is not recorded")
        for field, value in {"series": "4515", "number": "123456"}.items():
            verifier.fill(field, value)
        for field, value in {"issue_date": "2015-06-10", "birth_date": "1995-05-20"}.items():
            verifier.choose(field, value)
        verifier.press_text("Сохранить")
        verifier.says("Сохранено")
        verifier.until(lambda: verifier.all("[name=checklist]"), "the checklist is there")
        for line in range(len(verifier.all("[name=checklist]"))):
            verifier.driver.execute_script("document.querySelectorAll('[name=checklist]')[arguments[0]].click()", line)
        verifier.choose("reason", "document_matches")
        verifier.shoot("day-verifier")
        verifier.press_text("Записать решение")
        verifier.says("Решение записано")
        third.says("Личность подтверждена", seconds=60)
        third.press_text("Начать экзамен")
        third.says("Задание 1 из 7")

        # The reviewer decides with the keyboard: the grave flag first, which takes a second person; then the attempt.
        reviewer = self.browser()
        reviewer.log_in("reviewer@example.org")
        reviewer.open("/staff/review")
        reviewer.until(lambda: "другое лицо" in reviewer.all("[data-chosen]")[0].text.lower(), "the gravest is chosen, with its flags")
        reviewer.shoot("day-review")
        key = lambda text: reviewer.driver.switch_to.active_element.send_keys(text)
        key("?")
        reviewer.says("Клавиши в очереди")
        reviewer.press_text("OK")
        reviewer.until(lambda: not reviewer.all("dialog[open]"), "the list of keys is closed")
        key("c")
        reviewer.until(lambda: reviewer.all("dialog[open]"), "the decision is asked for")
        reviewer.fill("comment", "Не тот человек на трёх кадрах.")
        reviewer.press("dialog[open] button[type=submit]")
        reviewer.says("нужен второй", "Не тот человек на трёх кадрах")
        key("v")
        self.assertFalse(reviewer.all("dialog[open]"), "an attempt that was ended is not confirmed")
        for _ in range(len(reviewer.all("article"))):
            if surname in reviewer.one("[data-chosen]").text:
                break
            before = reviewer.one("[data-chosen]").get_attribute("data-chosen")
            reviewer.driver.execute_script("document.querySelector('[data-chosen]').focus()")
            key("j")
            reviewer.until(lambda: reviewer.all("[data-chosen]")[0].get_attribute("data-chosen") != before, "the next one is chosen")
        key("v")
        reviewer.until(lambda: reviewer.all("dialog[open]"), "the decision is asked for")
        reviewer.press("dialog[open] button[type=submit]")
        reviewer.until(lambda: place.call("GET", f"/v1/attempts/{attempt}", "reviewer")["state"] == "verified", "the attempt is confirmed")

        # The compliance officer finds it all in the log.
        officer = self.browser()
        officer.log_in("compliance_officer@example.org")
        officer.open("/staff/register")
        officer.choose("outcome", "non_match")
        officer.until(lambda: "несовпадение" in officer.text and "электронная" not in officer.all("tbody")[0].text, "only what does not match is listed")
        officer.shoot("day-register")
        self.export(officer)
        self.assertEqual(place.service.errors(), [])

    def export(self, officer):
        """Orders an evidence bundle, fetches it and has the program check it, apart from the service."""
        place = self.place
        officer.press_text("Выгрузки")
        if "/v1/exports" not in place.service.call("GET", "/v1/openapi.json")["paths"]:
            officer.says("Выгрузок заданиями у этой службы нет")
            return
        officer.press_text("Заказать")
        officer.until(lambda: officer.all("a[download]"), "the bundle is made", 90)
        export = place.call("GET", "/v1/exports?limit=1", "compliance_officer")["exports"][0]
        bundle = os.path.join(place.service.folder.name, "bundle.zip")
        with open(bundle, "wb") as file:
            file.write(place.call("GET", f"/v1/exports/{export['id']}/file", "compliance_officer").content)
        # The key comes from the institution, not from the bundle.
        key = place.service.call("GET", "/v1/log/checkpoint")["verifier_key"]
        checked = subprocess.run([os.environ["ATTESTD"], "verify", bundle, "--key", key], capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def answer(self, browser, number):
        """Answers a task of whatever kind, as far as saying anything goes."""
        browser.driver.execute_script("document.querySelectorAll('.items button')[arguments[0]].click()", number - 1)
        browser.says(f"Задание {number} из 7")
        browser.driver.execute_script(
            """const root = document.querySelector('.question');
               const tell = (node, type) => node.dispatchEvent(new Event(type, { bubbles: true }));
               const box = root.querySelector('input[type=radio], input[type=checkbox]');
               if (box) { box.click(); return; }
               for (const select of root.querySelectorAll('select')) { select.selectedIndex = 1; tell(select, 'change'); }
               for (const field of root.querySelectorAll('textarea, input:not([type=file])')) { field.value = field.inputMode === 'decimal' ? '256' : 'фишинг'; tell(field, 'input'); }"""
        )


if __name__ == "__main__":
    unittest.main()
