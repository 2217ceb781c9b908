"""D1, D2, A7, D9, D14: an examiner imports questions, checks and publishes an exam, hands out a key, and grades."""

import os
import tempfile
import unittest

from browser import Browser
from institution import CANDIDATES, Institution

BANK = """
::Порт::Какой порт у SSH? {=22 ~21 ~25}

::Сломан::Здесь забыта скобка {=да

::Эссе::Опишите модель угроз. {}
"""


class Examiner(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Institution()
        cls.addClassCleanup(cls.place.stop)

    def browser(self, **named):
        made = Browser(self.place.service, **named)
        self.addCleanup(made.close)
        return made

    def test_from_bank_to_grade(self):
        browser = self.browser()
        browser.log_in("examiner@example.org")

        # The report says what was not read, and where.
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "bank.gift")
            with open(file, "w") as target:
                target.write(BANK)
            browser.open("/staff/banks/NET")
            browser.press_text("Импорт")
            browser.until(lambda: browser.all("input[type=file]"), "a file can be chosen")
            browser.one("input[type=file]").send_keys(file)
            browser.press_text("Загрузить")
            browser.says("Отчёт импорта", "Не прочитано")
        bank = self.place.call("GET", "/v1/question-banks/NET", "examiner")
        self.assertEqual(bank["questions"], 2)

        # A blueprint that asks for too much is not published; one that can be met is.
        browser.open("/staff/exams/new")
        browser.fill("title", "Сети")
        browser.fill("discipline", "NET")
        browser.fill("count.0", "3")
        browser.press_text("Проверить")
        browser.says("Так опубликовать нельзя")
        browser.fill("count.0", "2")
        browser.press("[name=liveness]")
        browser.press("[name=identification][value=biometric]")
        for name, hours in (("opens_at", -1), ("closes_at", 5)):
            browser.driver.execute_script(
                """const field = document.querySelector(`[name=${arguments[0]}]`); const time = new Date(Date.now() + arguments[1] * 3600000);
                   field.value = new Date(time.getTime() - time.getTimezoneOffset() * 60000).toISOString().slice(0, 16)""", name, hours)
        browser.press_text("Опубликовать")
        browser.until(lambda: "/staff/exams/0" in browser.path, "the exam is published")
        exam = browser.path.split("/")[-1]
        made = self.place.call("GET", f"/v1/exams/{exam}", "examiner")
        self.assertEqual(made["items"], 2)

        # Without its key nobody starts.
        browser.press_text("Условия допуска")
        browser.press_text("Нужен ключ доступа")
        browser.press_text("Сохранить")
        browser.says("Сохранено")
        candidate = self.browser(width=400)
        self.place.candidate(0)
        browser.press_text("Ключи доступа")
        browser.until(lambda: browser.all("[name=group]"), "a key can be issued")
        browser.fill("candidate_id", self.place.service.call("GET", "/v1/me", self.place.service.login(f"{CANDIDATES[0][0]}@example.org"))["id"])
        browser.driver.execute_script("const f = document.querySelector('[name=valid_from]'); f.value = new Date(Date.now() + 4 * 3600000).toISOString().slice(0, 16)")
        browser.press("form button[type=submit].primary")
        browser.says("Ключ показан один раз")
        key = browser.one("dialog[open] pre").text
        browser.press_text("Закрыть")
        candidate.log_in(f"{CANDIDATES[0][0]}@example.org")
        candidate.open(f"/exam/{exam}")
        candidate.press_text("Подготовиться к экзамену")
        candidate.says("Ключ доступа")
        self.assertNotIn("Начать экзамен", candidate.text)
        candidate.fill("key", key)
        candidate.press_text("Ввести")
        candidate.press_text("Начать экзамен")
        candidate.says("Задание 1 из 2")
        for number in (1, 2):
            candidate.driver.execute_script("document.querySelectorAll('.items button')[arguments[0]].click()", number - 1)
            candidate.says(f"Задание {number} из 2")
            if candidate.all("textarea"):
                candidate.one("textarea").send_keys("Нарушитель внешний, с доступом к каналу.")
            else:
                candidate.press("input[type=radio]")
        candidate.says("Ответы сохранены")
        candidate.press_text("Завершить и сдать")
        candidate.press_text("Сдать")
        candidate.says("Экзамен завершён")
        candidate.press_text("К результату")
        candidate.says("Часть ответов проверяет преподаватель")

        # The answer is graded without its author's name.
        browser.open("/staff/grading")
        browser.press_text("Взять на проверку")
        browser.says("Нарушитель внешний")
        self.assertNotIn(CANDIDATES[0][1], browser.text)
        browser.fill("points", "1")
        browser.fill("comment", "Хорошо, но нет внутреннего нарушителя.")
        browser.press_text("Записать")
        browser.says("Записано")
        candidate.open(candidate.path)
        candidate.says("нет внутреннего нарушителя")
        self.assertEqual(self.place.service.errors(), [])


if __name__ == "__main__":
    unittest.main()
