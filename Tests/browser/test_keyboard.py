"""A whole exam by the keyboard alone, in a window of 360 px (rows D2, D4; WCAG 2.2: 2.1.1, 2.1.2, 2.4.3, 2.4.7)."""

import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser import Browser
from institution import CANDIDATES, Institution

FOCUS = """
const at = document.activeElement; const style = getComputedStyle(at); const box = at.getBoundingClientRect();
return { tag: at.localName, type: at.type ?? '', text: (at.innerText || at.getAttribute('aria-label') || '').trim(), inQuestion: Boolean(at.closest('.question')), inDialog: Boolean(at.closest('dialog')),
    isSeen: at === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none' || getComputedStyle(at.closest('label') ?? at).outlineStyle !== 'none',
    isInside: box.width === 0 || (box.right > 0 && box.left < innerWidth) };
"""


class Keyboard(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Institution()
        cls.addClassCleanup(cls.place.stop)
        cls.exam = cls.place.exam()

    def keys(self, *keys):
        ActionChains(self.browser.driver).send_keys(*keys).perform()

    def focus(self):
        return self.browser.driver.execute_script(FOCUS)

    def tab_to(self, wanted, what):
        """Goes on by Tab until something is reached; each stop on the way shows that it has the focus."""
        seen = []
        for _ in range(60):
            self.keys(Keys.TAB)
            focus = self.focus()
            seen.append((focus["tag"], focus["text"][:30]))
            if focus["tag"] != "body":
                self.assertTrue(focus["isSeen"], f"one does not see where one is: {focus}")
                self.assertTrue(focus["isInside"], f"the focus is outside of the window: {focus}")
            if wanted(focus):
                return focus
        self.fail(f"{what} is not reached by Tab: {seen}")

    def test_exam(self):
        attempt = self.place.started(self.exam, self.place.candidate(0, portrait="obama.jpg"))
        self.browser = browser = Browser(self.place.service, width=360, height=740)
        self.addCleanup(browser.close)
        browser.log_in(f"{CANDIDATES[0][0]}@example.org")
        browser.open(f"/attempt/{attempt}")
        browser.until(lambda: browser.all("dialog[open]") or "Задание 1 из 7" in browser.text, "the exam is shown")
        if browser.all("dialog[open]"):
            self.tab_to(lambda focus: focus["text"] == "Продолжить здесь", "going on here")
            self.keys(Keys.ENTER)
            browser.until(lambda: not browser.all("dialog[open]"), "the dialog closes")
        for number in range(1, 8):
            browser.says(f"Задание {number} из 7")
            self.assertIsNone(browser.overflow())
            focus = self.tab_to(lambda focus: focus["inQuestion"] and focus["tag"] in ("input", "select", "textarea", "button"), f"the field of task {number}")
            if focus["tag"] == "select":
                for _ in browser.all(".question select"):
                    self.keys(Keys.ARROW_DOWN)
                    self.keys(Keys.TAB)
            elif focus["type"] in ("radio", "checkbox"):
                self.keys(Keys.SPACE)
            elif focus["tag"] == "button":
                self.keys(Keys.ENTER)
            else:
                self.keys("256" if browser.driver.execute_script("return document.activeElement.inputMode") == "decimal" else "модель")
            browser.until(lambda: len(browser.all(".items .answered")) >= number, f"task {number} counts as answered")
            step = "Дальше" if number < 7 else "Завершить и сдать"
            if self.focus()["text"] != step:
                self.tab_to(lambda focus: focus["text"] == step, step)
            self.keys(Keys.ENTER)
            if number < 7:
                # The focus is where the new task begins, not lost with what was there before.
                browser.until(lambda: self.focus()["text"] == f"Задание {number + 1} из 7", "the focus is on the next task")
        browser.says("Сдать работу?")
        self.assertTrue(self.focus()["inDialog"], "the focus is in the dialog")
        self.tab_to(lambda focus: focus["text"] == "Сдать" and focus["inDialog"], "handing in")
        self.keys(Keys.ENTER)
        browser.says("Экзамен завершён")
        focus = self.tab_to(lambda focus: focus["text"] == "К результату", "the next step")
        self.assertEqual(focus["tag"], "a")
        rows = self.place.call("GET", f"/v1/attempts/{attempt}/answers", "examiner")["answers"]
        self.assertEqual(len(rows), 7)


if __name__ == "__main__":
    unittest.main()
