"""D3, D5, D6, D8–D13, F7: forms, conditions, accommodations, grade sheets, schedule, practice, appeals and cases."""

import os
import tempfile
import unittest

from PIL import Image

from browser import Browser
from institution import BANK, CANDIDATES, Institution
from service import day, instant

# An exam for which a login suffices: what is played here is not identification.
PLAIN = {"identification": ["electronic"], "sections": [{"count": 2, "topic": "Сети"}]}


class Office(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = place = Institution()
        cls.addClassCleanup(place.stop)
        cls.people = [place.candidate(number, consents=("personal_data", "distance_technology")) for number in range(3)]
        cls.ids = [place.service.call("GET", "/v1/me", token)["id"] for token in cls.people]

    def browser(self, email, **named):
        made = Browser(self.place.service, **named)
        self.addCleanup(made.close)
        made.log_in(f"{email}@example.org")
        return made

    def candidate(self, number):
        return self.browser(CANDIDATES[number][0], width=400)

    def handed_in(self, exam, number):
        """An attempt that is over."""
        service, token = self.place.service, self.people[number]
        attempt = service.call("POST", f"/v1/exams/{exam}/attempts", token)["id"]
        service.call("POST", f"/v1/attempts/{attempt}/start", token)
        service.call("POST", f"/v1/attempts/{attempt}/submit", token)
        return attempt

    def moment(self, browser, name, hours):
        browser.driver.execute_script(
            """const time = new Date(Date.now() + arguments[1] * 3600000); time.setMinutes(time.getMinutes() - time.getTimezoneOffset());
               const field = [...document.querySelectorAll(`[name="${arguments[0]}"]`)].at(-1); field.value = time.toISOString().slice(0, 16);""", name, hours)

    def test_form_schedule_and_grade(self):
        """D3, D9: an oral exam is published with its slots; the candidate sees both in their own time, is heard, and told the grade."""
        exam = self.place.exam("Устный экзамен", **PLAIN, opens_at=instant(minutes=-5))
        examiner = self.browser("examiner")
        examiner.open(f"/staff/exams/{exam}")
        examiner.press_text("Форма", inside="[role=tablist]")
        examiner.until(lambda: examiner.all("[name=form]"), "the form can be set")
        examiner.choose("form", "oral")
        examiner.press("form button[type=submit].primary")
        examiner.says("Сохранено")
        examiner.until(lambda: examiner.all("[name=link]"), "slots can be set")
        examiner.fill("candidate_id", self.ids[0])
        self.moment(examiner, "begins_at", 0)
        examiner.fill("link", "https://meet.example.org/hall")
        examiner.press_text("Назначить время", inside="main")
        examiner.says("meet.example.org")
        examiner.press_text("Расписание", inside="[role=tablist]")
        examiner.until(lambda: examiner.all("[name=place]"), "the schedule can be published")
        self.moment(examiner, "opens_at", 26)
        self.moment(examiner, "closes_at", 30)
        examiner.press_text("Опубликовать", inside="main form")
        examiner.until(lambda: examiner.all("form .notice.bad"), "less than a week before, it asks for a reason")
        self.moment(examiner, "opens_at", 0)
        examiner.fill("place", "ауд. 12")
        examiner.fill("reason", "перенос по болезни")
        examiner.press_text("Опубликовать", inside="main form")
        examiner.says("ауд. 12", "перенос по болезни")

        candidate = self.candidate(0)
        candidate.open("/schedule")
        candidate.says("Устный экзамен", "Перейти к видеосвязи")
        self.assertIn("Yekaterinburg", candidate.text, "times are the candidate's own")
        candidate.open(f"/exam/{exam}")
        candidate.press_text("Подготовиться к экзамену")
        candidate.press_text("Начать экзамен")
        candidate.until(lambda: candidate.path.startswith("/attempt/"), "the attempt is under way")
        attempt = candidate.path.split("/")[-1]
        examiner.open(f"/staff/attempts/{attempt}")
        examiner.press_text("Листы и беседа")
        examiner.until(lambda: examiner.all("[name=text]"), "notes can be made")
        examiner.fill("text", "Уверенно отвечает о портах")
        examiner.press_text("Записать", inside="main")
        examiner.says("Уверенно отвечает")
        self.place.service.call("POST", f"/v1/attempts/{attempt}/submit", self.people[0], expect=(200, 409))
        examiner.open(f"/staff/attempts/{attempt}")
        examiner.press_text("Листы и беседа")
        examiner.until(lambda: examiner.all("[name=grade]"), "the grade can be set")
        examiner.choose("grade", "good")
        examiner.press_text("Выставить оценку", inside="main")
        examiner.says("Оценка выставлена")
        candidate.open(f"/results/{attempt}")
        candidate.says("хорошо")
        self.assertNotIn("Уверенно отвечает", candidate.text, "notes are the examiner's")

    def test_current_control(self):
        """D5: without a positive outcome in each credit unit there is no start; with it there is."""
        self.place.call("POST", "/v1/question-banks/KT/imports", "examiner", data=BANK.encode(), headers={"Content-Type": "text/plain"})
        exam = self.place.exam("С допуском", **PLAIN, discipline="KT")
        examiner = self.browser("examiner")
        examiner.open("/staff/banks/KT")
        examiner.press_text("Состав")
        examiner.until(lambda: examiner.all("[name=titles]"), "units can be registered")
        examiner.fill("titles", "Сети")
        examiner.press_text("Сохранить", inside="main")
        examiner.until(lambda: self.place.call("GET", "/v1/disciplines/KT/credit-units", "examiner")["titles"] == ["Сети"], "the unit is registered")
        candidate = self.candidate(1)
        candidate.open(f"/exam/{exam}")
        candidate.press_text("Подготовиться к экзамену")
        candidate.says("Готовность", "нужно")
        self.assertNotIn("Начать экзамен", candidate.text)
        for grade, opens in (("unsatisfactory", False), ("good", True)):
            examiner.open("/staff/banks/KT")
            examiner.press_text("Состав")
            examiner.until(lambda: examiner.all("[name=unit]"), "an outcome can be entered")
            examiner.fill("candidate_id", self.ids[1])
            examiner.choose("grade", grade)
            examiner.press_text("Внести", inside="main")
            examiner.says("Сохранено")
            candidate.open(f"/exam/{exam}")
            candidate.says("Готовность")
            if opens:
                candidate.says("Начать экзамен")
            else:
                self.assertNotIn("Начать экзамен", candidate.text)

    def test_accommodations(self):
        """D6: extra time and a break are the candidate's; nobody else has them."""
        exam = self.place.exam("С условиями", **PLAIN)
        examiner = self.browser("examiner")
        examiner.open(f"/staff/exams/{exam}")
        examiner.press_text("Особые условия", inside="[role=tablist]")
        examiner.until(lambda: examiner.all("[name=extra]"), "conditions can be set")
        for name, value in {"candidate_id": self.ids[2], "extra": "30", "breaks": "10", "basis": "Справка № 8"}.items():
            examiner.fill(name, value)
        examiner.press_text("Сохранить", inside="main")
        examiner.says("Справка № 8")
        candidate = self.candidate(2)
        candidate.open(f"/exam/{exam}")
        candidate.press_text("Подготовиться к экзамену")
        candidate.press_text("Начать экзамен")
        candidate.says("Задание 1 из 2")
        left = candidate.one("exam-timer").text
        self.assertTrue(left.startswith("01:29") or left.startswith("01:30"), f"an hour and the extra half hour: {left}")
        candidate.press_text("Перерыв")
        candidate.says("Время остановлено")
        self.assertFalse(candidate.all(".question input:not([disabled])"), "nobody answers while the clock stands")
        candidate.press_text("Закончить перерыв", "Продолжить")
        candidate.says("Задание 1 из 2")
        other = self.place.service.call("POST", f"/v1/exams/{exam}/attempts", self.people[0])["id"]
        self.place.service.call("POST", f"/v1/attempts/{other}/start", self.people[0])
        self.assertLessEqual(self.place.service.call("GET", f"/v1/attempts/{other}", self.people[0])["remaining_seconds"], 3600)

    def test_grade_sheet_and_card(self):
        """D8, D11: a group's sheet is filled, closed, printed, comes back signed; then the candidate has the grade in the card."""
        place = self.place
        exam = place.exam("По ведомости", **PLAIN)
        self.handed_in(exam, 0)
        officer = self.browser("compliance_officer")
        with tempfile.TemporaryDirectory() as folder:
            table, scan = os.path.join(folder, "groups.csv"), os.path.join(folder, "scan.png")
            with open(table, "w") as file:
                file.write("group;kind;contract;faculty;record_book\n" + "".join(f"БИ-21;academic;{CANDIDATES[n][4]};ФИБ;{100 + n}\n" for n in (0, 1)) + "БИ-21;academic;нет/26;ФИБ;9\n")
            Image.new("RGB", (600, 800), "white").save(scan)
            officer.open("/staff/groups")
            officer.press_text("Импорт из CSV")
            officer.give("file", table)
            officer.press("form button[type=submit]")
            officer.says("БИ-21", "Не прочитано")
            officer.open("/staff/sheets")
            officer.press_text("Новая ведомость")
            officer.choose("exam_id", exam)
            officer.fill("examiner_id", place.ids["examiner"])
            officer.press_text("Создать", inside="main")
            officer.says("Ведомость №", CANDIDATES[0][1], CANDIDATES[1][1])
            sheet = officer.path.split("/")[-1]

            examiner = self.browser("examiner")
            examiner.open(f"/staff/sheets/{sheet}")
            examiner.press_text("Заполнить по результатам")
            examiner.until(lambda: examiner.all("tbody .badge.bad"), "what the attempt came to stands in the sheet")
            candidate = self.candidate(0)
            candidate.open("/card")
            self.assertNotIn("IB", candidate.one("main").text, "nothing is in the card before the sheet is closed")
            examiner.press_text("Закрыть ведомость")
            examiner.press("dialog[open] button[type=submit]")
            examiner.until(lambda: examiner.all("dialog[open] .notice.bad"), "a sheet with a row without a mark is not closed")
            examiner.press_text("Отмена")
            # A mark that follows from an attempt is not entered by hand; where nobody came it is.
            for row, mark in ((2, "excellent"), (1, "not_appeared")):
                examiner.press_text("Внести", inside=f"tbody tr:nth-child({row})")
                examiner.choose("mark", mark)
                examiner.fill("reason", "не явился")
                examiner.press("dialog[open] button[type=submit]")
                if mark == "excellent":
                    examiner.says("Оценка следует из попытки")
                    examiner.press_text("Отмена")
            examiner.says("Записано")
            examiner.press_text("Закрыть ведомость")
            examiner.press("dialog[open] button[type=submit]")
            examiner.says("закрыта", "Подписанный экземпляр ещё не вернулся")
            self.assertFalse([each for each in examiner.all("button") if each.text in ("Открыть снова", "Отметить возврат", "Внести")], "the examiner can neither change it nor open it again")
            candidate.open("/card")
            candidate.says("IB")
            printed = place.call("GET", f"/v1/grade-sheets/{sheet}/file?format=pdf", "examiner").content
            self.assertTrue(printed.startswith(b"%PDF"))

            officer.open(f"/staff/sheets/{sheet}")
            officer.press_text("Отметить возврат")
            officer.fill("comment", "Подписали все члены комиссии")
            officer.press("dialog[open] button[type=submit]")
            officer.says("Подписали все члены комиссии")
            officer.press_text("Приложить скан")
            officer.give("file", scan)
            officer.press("dialog[open] button[type=submit]")
            officer.says("Открыть скан")
            officer.shoot("sheet-paper")
        administrator = self.browser("administrator")
        administrator.open(f"/staff/sheets/{sheet}")
        administrator.press_text("Открыть снова")
        administrator.fill("reason", "Опечатка в оценке")
        administrator.press("dialog[open] button[type=submit]")
        administrator.until(lambda: place.call("GET", f"/v1/grade-sheets/{sheet}", "administrator")["sheet"]["state"] == "open", "it is open again")
        administrator.press_text("История")
        administrator.says("Опечатка в оценке", "Кузнецова")

    def test_practice(self):
        """D10: the adaptive test asks what no exam has, says what was right, and ends with a level."""
        candidate = self.candidate(0)
        candidate.open("/practice/IB")
        candidate.press_text("Начать тест")
        candidate.says("Вопрос 1")
        self.assertNotIn("443", candidate.text, "no exam's question is asked")
        for number in (1, 2):
            candidate.press_text("Ответить")
            candidate.says("Сначала ответьте")
            candidate.press(".question input[type=radio], input[type=radio]")
            candidate.press_text("Ответить")
            candidate.until(lambda: candidate.all(".notice.good, .notice.bad, .notice.warn"), "it says whether that was right")
        candidate.says("Тест завершён")

    def test_appeal(self):
        """D12: the candidate appeals; the commission meets without who graded; the candidate has the minutes and the new grade."""
        place = self.place
        exam = place.exam("С апелляцией", **PLAIN)
        attempt = self.handed_in(exam, 1)
        candidate = self.candidate(1)
        candidate.open(f"/results/{attempt}")
        candidate.press_text("Подать апелляцию")
        candidate.tick("grounds", "result")
        candidate.fill("text", "Прошу проверить второй ответ.")
        candidate.press("dialog[open] button[type=submit]")
        candidate.until(lambda: candidate.path.startswith("/cases"), "the appeal is filed")
        case = place.service.call("GET", "/v1/me/cases", self.people[1])["cases"][0]["id"]
        stranger = self.candidate(2)
        stranger.open_without_login(f"/cases/{case}")
        stranger.until(lambda: stranger.all(".notice.bad"), "somebody else's case is closed to them")
        self.assertNotIn("второй ответ", stranger.text)
        administrator = self.browser("administrator")
        administrator.open(f"/cases/{case}")
        self.fill_step(administrator, "Назначить комиссию", {"chair": place.ids["reviewer"], "members": f"{place.ids['verifier']} {place.ids['compliance_officer']}", "examiner": place.ids["examiner"], "order_number": "5-А"}, days=["order_day"])
        self.fill_step(administrator, "Назначить заседание", {"place": "ауд. 3, ссылка придёт"})
        candidate.open(f"/cases/{case}")
        candidate.says("ауд. 3")
        reviewer = self.browser("reviewer")
        reviewer.open(f"/cases/{case}")
        self.fill_step(reviewer, "протокол", {"minutes_number": "1", "present": f"{place.ids['reviewer']} {place.ids['verifier']} {place.ids['compliance_officer']}", "text": "Комиссия проверила работу и подняла оценку."}, days=["minutes_day"], choices={"outcome": "grade_changed", "grade": "satisfactory"}, ticks=["candidate_present", "examiner_present"])
        candidate.open(f"/cases/{case}")
        candidate.says("Комиссия проверила работу")
        candidate.open(f"/results/{attempt}")
        candidate.says("удовлетворительно", "Изменения оценки")

    def fill_step(self, browser, label, values, days=(), choices=None, ticks=()):
        """Takes a step of a case: its form opens under what it is called."""
        found = lambda: next((each for each in browser.all("details > summary") if label.lower() in each.text.lower()), None)
        browser.until(found, f"the step {label} is offered")
        summary = found()
        browser.driver.execute_script("arguments[0].parentElement.open = true", summary)
        inside = summary.find_element("xpath", "..")
        field = lambda name: inside.find_element("css selector", f'[name="{name}"]')
        for name, value in values.items():
            field(name).send_keys(value)
        for name, value in [*((name, day(0)) for name in days), *(choices or {}).items()]:
            browser.driver.execute_script("arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', { bubbles: true }))", field(name), value)
        for name in ticks:
            browser.driver.execute_script("arguments[0].click()", field(name))
        button = inside.find_element("css selector", "button[type=submit]")
        browser.driver.execute_script("arguments[0].click()", button)
        browser.says("Записано")

    def test_credit_transfer_and_discipline(self):
        """D13, F7: an application for credit, and a disciplinary case in which the candidate is heard."""
        place, candidate = self.place, self.candidate(2)
        candidate.open("/cases")
        candidate.press_text("Новое заявление")
        candidate.press_text("Зачёт результатов")
        for name, value in {"items.0.discipline": "IB", "items.0.earlier_discipline": "Защита информации", "items.0.earlier_units": "3", "paper": "Справка об обучении № 5"}.items():
            candidate.fill(name, value)
        candidate.press("dialog[open] button[type=submit]")
        candidate.until(lambda: candidate.path.startswith("/cases/"), "the application is made")
        candidate.says("Справка об обучении № 5")
        administrator = self.browser("administrator")
        administrator.open(candidate.path)
        self.fill_step(administrator, "Вернуть", {"reason": "Приложите копию справки."})
        candidate.open(candidate.path)
        candidate.says("Приложите копию справки")

        examiner = self.browser("examiner")
        examiner.open("/cases")
        examiner.press_text("Новое заявление")
        examiner.press_text("Дисциплинарное")
        for name, value in {"opening.candidate_id": self.ids[2], "text": "Передал ключ доступа другому."}.items():
            examiner.fill(name, value)
        examiner.choose("day", day(0))
        examiner.press("dialog[open] button[type=submit]")
        examiner.until(lambda: examiner.path.startswith("/cases/"), "the breach is reported")
        administrator.open(examiner.path)
        administrator.press_text("Запросить", "Затребовать")
        administrator.says("Записано")
        candidate.open(examiner.path)
        self.fill_step(candidate, "объяснение", {"text": "Ключ видел только я."})
        candidate.says("Ключ видел только я")
        self.assertFalse([each for each in candidate.all("summary, button") if "мер" in each.text.lower() and "приказ" in each.text.lower()], "the candidate decides nothing")
        self.assertEqual(place.service.errors(), [])


if __name__ == "__main__":
    unittest.main()
