"""The liveness challenge in the browser (row B4): a photograph held before the camera does not pass, and there is a way on."""

import unittest

from browser import Browser
from institution import CANDIDATES, Institution


class Liveness(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Institution()
        cls.addClassCleanup(cls.place.stop)

    def room(self, place, **policy):
        """The waiting room of an exam that asks for movements, with a camera that shows one still photograph."""
        rules = {"any_of": [["electronic", "biometric"]], "visual_replaces_biometric": True, "liveness": True, "on_failure": "queue", **policy}
        exam = self.place.exam("Экзамен с движениями", identification=None, liveness=None, identification_policy=rules)
        self.token = self.place.candidate(place, portrait="obama.jpg")
        browser = Browser(self.place.service, camera=("obama2.jpg",), width=400)
        self.addCleanup(browser.close)
        browser.log_in(f"{CANDIDATES[place][0]}@example.org")
        browser.open(f"/exam/{exam}")
        browser.press_text("Подготовиться к экзамену")
        browser.says("Понадобится несколько движений головой")
        return browser, exam

    def attempt_at_challenge(self, browser):
        """Runs the challenge once; what the page said meanwhile."""
        browser.driver.execute_script(
            """window.__said = []; const line = document.querySelector('.camera .say');
               window.__watch?.disconnect(); window.__watch = new MutationObserver(() => window.__said.push(line.textContent));
               window.__watch.observe(line, { childList: true, characterData: true, subtree: true });""")
        browser.press_text("Подтвердить личность", "Повторить")
        browser.until(lambda: browser.all("progress") and "осталось" in browser.text, "steps and the time left are shown")
        browser.until(lambda: "Проверяем…" in browser.driver.execute_script("return window.__said"), "the frames are sent", 90)
        browser.until(lambda: browser.all(".stack [role=status] .notice") or browser.all(".notice.warn, .notice.bad") or "Встать в очередь" in browser.text, "the verdict is shown", 60)
        return browser.driver.execute_script("return window.__said")

    def test_photograph(self):
        browser, exam = self.room(0)
        said = self.attempt_at_challenge(browser)
        # The movements are the server's, each followed by a look straight ahead.
        self.assertTrue(any(word in line for line in said for word in ("Поверните", "Поднимите", "Опустите", "Приблизьтесь", "Отодвиньтесь")), said)
        self.assertIn("Смотрите прямо", said)
        browser.shoot("liveness-refused")
        self.assertEqual(browser.axe(), [])
        self.assertNotIn("Личность подтверждена", browser.text)
        self.assertNotIn("Начать экзамен", browser.text)
        # Which check it was is not told, nor any score.
        for word in ("расстояние", "порог", "балл", "0."):
            self.assertNotIn(word, browser.text.lower())
        # The second failure shows the other way, which leads to a verifier.
        self.attempt_at_challenge(browser)
        browser.says("Не получается?", "Встать в очередь")
        browser.shoot("liveness-other-way")
        self.assertEqual(browser.axe(), [])
        self.assertIsNone(browser.overflow())
        browser.press_text("Встать в очередь")
        browser.says("Ваш номер в очереди")
        records = [record for record in self.place.call("GET", "/v1/identifications?method=biometric", "compliance_officer")["identifications"]]
        self.assertTrue(records)
        self.assertFalse([record for record in records if record["outcome"] == "match"])
        self.assertEqual(browser.console(), [])
        self.assertEqual(self.place.service.errors(), [])

    def test_tries_used_up(self):
        """Where the policy gives one failure, the second try is refused in words, and only a person can help."""
        browser, _ = self.room(1, most_failures=1)
        self.attempt_at_challenge(browser)
        browser.says("Автоматически подтвердить личность не удалось", "Встать в очередь")
        self.assertFalse([each for each in browser.all("camera-view") if each.is_displayed()], "no camera is offered any more")
        self.assertNotIn("Начать экзамен", browser.text)
        browser.press_text("Встать в очередь")
        browser.says("Ваш номер в очереди")
        browser.shoot("liveness-person")


if __name__ == "__main__":
    unittest.main()
