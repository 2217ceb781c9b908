"""The exam's page without a connection: it is loaded again, answers are written, and all of them arrive once (row D7)."""

import time
import unittest

from browser import Browser
from institution import CANDIDATES, Institution
from proxy import Proxy
from service import PASSWORD

# What the device keeps about the exam, without answers that wait.
KEPT = """
const done = arguments[arguments.length - 1];
indexedDB.databases().then(async (all) => {
    const found = {};
    for (const { name } of all) {
        const database = await new Promise((open) => { const request = indexedDB.open(name); request.onsuccess = () => open(request.result); });
        for (const store of database.objectStoreNames) {
            const rows = await new Promise((read) => { const request = database.transaction(store).objectStore(store).getAll(); request.onsuccess = () => read(request.result); });
            found[`${name}/${store}`] = rows.length;
        }
        database.close();
    }
    done(found);
});
"""


class Offline(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Institution()
        cls.addClassCleanup(cls.place.stop)
        cls.exam = cls.place.exam()

    def candidate(self, place):
        """A candidate in the middle of the exam, behind a connection that can be cut."""
        token = self.place.candidate(place, portrait="obama.jpg")
        attempt = self.place.started(self.exam, token)
        proxy = Proxy(self.place.service.port)
        self.addCleanup(proxy.close)
        browser = Browser(self.place.service, proxy=proxy.base)
        self.addCleanup(browser.close)
        browser.log_in(f"{CANDIDATES[place][0]}@example.org")
        browser.open(f"/attempt/{attempt}")
        browser.until(lambda: browser.all("dialog[open]") or "Задание 1 из 7" in browser.text, "the exam is shown")
        if browser.all("dialog[open]"):
            browser.press_text("Продолжить здесь")
        return browser, proxy, attempt

    def kept_page(self, browser):
        browser.until(lambda: browser.driver.execute_async_script(
            "const done = arguments[0]; navigator.serviceWorker.getRegistration().then((found) => done(Boolean(found?.active)), () => done(false))"), "the browser keeps the page")

    def answer(self, browser, number, pick=0):
        browser.driver.execute_script("document.querySelectorAll('.items button')[arguments[0]].click()", number - 1)
        browser.says(f"Задание {number} из 7")
        if browser.all(".question input:not([type])"):
            field = browser.one(".question input:not([type])")
            field.clear()
            field.send_keys("256" if field.get_attribute("inputmode") == "decimal" else f"ответ {number}{pick}")
        elif browser.all(".question textarea"):
            browser.one(".question textarea").send_keys(f"ответ {number}{pick}")
        elif browser.all(".question select"):
            browser.driver.execute_script("for (const each of document.querySelectorAll('.question select')) { each.selectedIndex = 1; each.dispatchEvent(new Event('change')); }")
        else:
            found = browser.all(".question input")
            browser.driver.execute_script("arguments[0].click()", found[pick])

    def saved(self, attempt):
        rows = self.place.service.call("GET", f"/v1/attempts/{attempt}/answers", self.place.tokens["examiner"])["answers"]
        return {row["number"]: row for row in rows}

    def test_loaded_again_without_a_connection(self):
        browser, proxy, attempt = self.candidate(0)
        self.answer(browser, 1)
        browser.says("Ответы сохранены")
        self.kept_page(browser)
        before = browser.driver.execute_script("return document.querySelector('exam-timer').textContent")
        proxy.cut()
        self.answer(browser, 2)
        browser.says("Нет связи")
        browser.driver.refresh()
        browser.says("Задание 1 из 7", "страница открыта из памяти устройства")
        browser.shoot("offline-reload")
        # What was answered is there, what is answered now is kept, and the clock goes by the server's last word.
        self.assertTrue(browser.driver.execute_script("return document.querySelector('.question input').checked"))
        self.assertEqual(len(browser.all(".items .answered")), 2)
        for number in range(3, 8):
            self.answer(browser, number)
        after = browser.driver.execute_script("return document.querySelector('exam-timer').textContent")
        self.assertLess(after, before)
        self.assertGreater(after, "00:50:00")
        browser.driver.refresh()
        browser.says("Задание 1 из 7")
        browser.until(lambda: len(browser.all(".items .answered")) == 7, "all answers are on the device")
        self.assertEqual(list(self.saved(attempt)), [1])
        proxy.mend()
        browser.says("Ответы сохранены", "Связь восстановлена", seconds=60)
        saved = self.saved(attempt)
        self.assertEqual(sorted(saved), [1, 2, 3, 4, 5, 6, 7])
        # Nothing came twice: each answer was saved by one event.
        events = self.place.call("GET", f"/v1/attempts/{attempt}/events?limit=500", "examiner")["events"]
        numbers = [event["data"]["facts"]["number"] for event in events if event["type"] == "attestd.answer.saved" and "number" in event["data"]["facts"]]
        self.assertEqual(len(numbers), len(set(numbers)), numbers)
        # The page is whole again: what comes from the examiner arrives.
        self.place.call("POST", f"/v1/attempts/{attempt}/messages", "examiner", json={"text": "Осталось немного"}, headers={"Idempotency-Key": "0192d000-0000-7000-8000-000000000001"})
        browser.says("Осталось немного")
        # Handed in, the device keeps nothing.
        browser.press_text("Завершить и сдать")
        browser.press_text("Сдать")
        browser.says("Экзамен завершён")
        browser.until(lambda: not any(browser.driver.execute_async_script(KEPT).values()), f"the device keeps nothing: {browser.driver.execute_async_script(KEPT)}")
        # A page with answers on their way asks before it is left, which browsers only show to whoever has touched it.
        self.assertEqual([line for line in browser.console() if "beforeunload" not in line], [])

    def test_login_that_ends(self):
        """A login that ends in the middle of the exam costs no answer (D7): one logs in again in place."""
        browser, _, attempt = self.candidate(1)
        self.answer(browser, 1)
        browser.says("Ответы сохранены")
        browser.driver.delete_all_cookies()
        self.answer(browser, 2)
        browser.says("Войдите снова", "Ответы хранятся на этом устройстве")
        browser.shoot("login-again")
        self.assertEqual(browser.axe(), [])
        browser.fill("password", "не тот пароль")
        browser.press("dialog[open] button[type=submit]")
        browser.until(lambda: browser.all("dialog[open] .notice.bad"), "a wrong password is refused")
        browser.fill("password", PASSWORD)
        browser.press("dialog[open] button[type=submit]")
        browser.until(lambda: not browser.all("dialog[open]"), "the dialog closes")
        browser.says("Ответы сохранены")
        self.assertIn(f"/attempt/{attempt}", browser.path)
        self.answer(browser, 3)
        browser.says("Ответы сохранены")
        self.assertEqual(sorted(self.saved(attempt)), [1, 2, 3])

    def test_logout(self):
        """The logout leaves nothing of the exam on the device."""
        browser, _, attempt = self.candidate(2)
        self.answer(browser, 1)
        browser.says("Ответы сохранены")
        self.assertGreater(browser.driver.execute_async_script(KEPT)["attestd-desk/desks"], 0)
        browser.press('[aria-label="Выйти"]')
        browser.until(lambda: "/login" in browser.path, "the login is shown")
        kept = browser.driver.execute_async_script(KEPT)
        self.assertFalse({name: count for name, count in kept.items() if name.startswith("attestd-desk") and count}, kept)

    def test_time_left(self):
        """Ten, five and one minute are said, each once, politely; what is said stays to be read."""
        browser, _, _ = self.candidate(3)
        status = "return [...document.querySelectorAll('.exam-bar [role=status]')].map((each) => each.textContent).join('|')"
        for left, said in ((605, ""), (595, "Осталось минут: 10"), (299, "Осталось минут: 5"), (59, "Осталось минут: 1")):
            # The page's clock goes on by so much that so many seconds are left.
            browser.driver.execute_script(
                """window.__now ??= Date.now; const [h, m, s] = document.querySelector('exam-timer').textContent.split(':').map(Number);
                   window.__shift = (window.__shift ?? 0) + (h * 3600 + m * 60 + s - arguments[0]) * 1000; Date.now = () => window.__now.call(Date) + window.__shift;""", left)
            if said:
                browser.until(lambda: said in browser.driver.execute_script(status), f"“{said}” is said at {left} s")
            else:
                browser.until(lambda: browser.driver.execute_script("return document.querySelector('exam-timer').textContent") < "00:10:06", "the clock is set")
                self.assertNotIn("Осталось минут", browser.driver.execute_script(status))
        self.assertEqual(browser.driver.execute_script("return document.querySelector('exam-timer').getAttribute('role')"), "timer")


if __name__ == "__main__":
    unittest.main()
