"""Photographs from a phone in an answer (rows D1, D3): the code on the exam's page, the page on the phone, the arrival."""

import subprocess
import unittest

from browser import CACHE, PHOTOGRAPHS, Browser
from institution import CANDIDATES, Institution

BANK = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="essay">
    <name><text>Схема</text></name>
    <questiontext format="html"><text>Нарисуйте схему сети и опишите её.</text></questiontext>
    <defaultgrade>2</defaultgrade>
    <responseformat>plain</responseformat>
    <attachments>3</attachments>
    <filetypeslist>image</filetypeslist>
  </question>
  <question type="truefalse">
    <name><text>Соль</text></name>
    <questiontext format="html"><text>Соль пароля хранят в тайне.</text></questiontext>
    <answer fraction="0"><text>true</text></answer>
    <answer fraction="100"><text>false</text></answer>
  </question>
</quiz>
"""


class Phone(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = place = Institution()
        cls.addClassCleanup(place.stop)
        place.call("POST", "/v1/question-banks/PH/imports", "examiner", data=BANK.encode(), headers={"Content-Type": "application/xml"})
        cls.exam = place.exam("Схемы", discipline="PH", sections=[{"count": 2}])

    def browser(self, **named):
        made = Browser(self.place.service, **named)
        self.addCleanup(made.close)
        return made

    def saved(self, attempt):
        rows = self.place.service.call("GET", f"/v1/attempts/{attempt}/answers", self.place.tokens["examiner"])["answers"]
        return [row["answer"] for row in rows if row["answer"]["type"] == "files"]

    def test_photographs(self):
        place = self.place
        attempt = place.started(self.exam, place.candidate(0, portrait="obama.jpg"))
        desk = self.browser()
        desk.log_in(f"{CANDIDATES[0][0]}@example.org")
        desk.open(f"/attempt/{attempt}")
        desk.until(lambda: desk.all("dialog[open]") or "из 2" in desk.text, "the exam is shown")
        if desk.all("dialog[open]"):
            desk.press_text("Продолжить здесь")
        if not desk.all("textarea"):
            desk.press_text("Дальше")
        desk.until(lambda: desk.all("textarea"), "the open question is shown")
        desk.one("textarea").send_keys("Сеть из трёх узлов")
        desk.press_text("Сфотографировать телефоном")
        desk.says("Наведите камеру телефона")
        self.assertEqual(desk.axe(), [])
        desk.shoot("phone-code")

        # The code on the screen is what a camera reads, and its secret is in no part of the address that is sent.
        picture = CACHE / "screenshots" / "qr.png"
        picture.write_bytes(desk.one("dialog img.qr").screenshot_as_png)
        address = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True).stdout.strip()
        self.assertRegex(address, rf"^{place.service.base}/phone#[A-Za-z0-9_-]{{43}}$")
        self.assertEqual(address, desk.driver.execute_script("return document.querySelector('dialog pre').textContent"))

        phone = self.browser(width=360, height=740)
        phone.open(address.removeprefix(place.service.base))
        phone.says("Снимок к заданию", "Сфотографировать")
        self.assertNotIn("#", phone.path)
        self.assertIsNone(phone.overflow())
        self.assertEqual(phone.axe(), [])
        phone.shoot("phone-360")
        phone.one("input[type=file]").send_keys(str(PHOTOGRAPHS / "obama.jpg"))
        phone.until(lambda: phone.all("img.sheet"), "the picture is shown before it is sent")
        self.assertIsNone(phone.overflow())
        self.assertEqual(self.saved(attempt), [])
        phone.press_text("Отправить")
        phone.says("виден на экзамене")
        desk.says("Получено снимков: 1")
        # Another one after the tab was loaded again: the right outlives the page.
        phone.driver.refresh()
        phone.says("Снимок к заданию")
        phone.one("input[type=file]").send_keys(str(PHOTOGRAPHS / "biden.jpg"))
        phone.press_text("Отправить")
        phone.says("виден на экзамене")
        desk.says("Получено снимков: 2")
        desk.press_text("Готово")
        desk.until(lambda: len([each for each in desk.all("img.thumbnail") if each.get_property("naturalWidth")]) == 2, "both pictures are shown")
        self.assertEqual(desk.one("textarea").get_attribute("value"), "Сеть из трёх узлов")
        desk.says("Ответы сохранены")
        self.assertEqual([(len(answer["files"]), answer["text"]) for answer in self.saved(attempt)], [(2, "Сеть из трёх узлов")])

        # The candidate takes one out again; loaded anew, it does not come back.
        desk.press_text("Убрать")
        desk.says("Ответы сохранены")
        desk.until(lambda: [len(answer["files"]) for answer in self.saved(attempt)] == [1], "one picture is left in the answer")
        desk.driver.refresh()
        desk.until(lambda: desk.all(".items button"), "the exam is shown again")
        if not desk.all("textarea"):
            desk.press_text("Дальше")
        desk.until(lambda: len(desk.all("img.thumbnail")) == 1, "one picture is shown")

        # The code was used: whoever photographed the screen opens nothing, and nothing comes after the hand-in.
        stranger = self.browser(width=360)
        stranger.driver.get(address)
        stranger.says("Ссылка больше не действует")
        desk.press_text("Завершить и сдать")
        desk.press_text("Сдать")
        desk.says("Экзамен завершён")
        phone.one("input[type=file]").send_keys(str(PHOTOGRAPHS / "obama2.jpg"))
        phone.press_text("Отправить")
        phone.until(lambda: phone.all(".notice.bad, .notice.warn"), "the phone says that nothing is taken any more")
        self.assertEqual([len(answer["files"]) for answer in self.saved(attempt)], [1])
        for browser in (desk, phone):
            self.assertEqual([line for line in browser.console() if "beforeunload" not in line], [])
        self.assertEqual(place.service.errors(), [])


if __name__ == "__main__":
    unittest.main()
