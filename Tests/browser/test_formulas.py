"""TeX in questions is typeset (row D1): browsers draw MathML, and what is no TeX stays to be read."""

import unittest

from browser import Browser
from institution import CANDIDATES, Institution

BANK = r"""
$CATEGORY: $course$/top/Формулы

::Дробь::Чему равно $$\\frac\{1\}\{2\} + x^2$$ при x \= 0? {=0,5}

::Ошибка::Прочтите $$\\nosuchcommand\{x\}$$ и ответьте. {=да}
"""


class Formulas(unittest.TestCase):
    def test_formulas(self):
        place = Institution()
        self.addCleanup(place.stop)
        place.call("POST", "/v1/question-banks/FX/imports", "examiner", data=BANK.encode(), headers={"Content-Type": "text/plain"})
        exam = place.exam("Формулы", discipline="FX", sections=[{"count": 2}])
        attempt = place.started(exam, place.candidate(0, portrait="obama.jpg"))
        browser = Browser(place.service, width=360)
        self.addCleanup(browser.close)
        browser.log_in(f"{CANDIDATES[0][0]}@example.org")
        browser.open(f"/attempt/{attempt}")
        browser.until(lambda: browser.all("dialog[open]") or "из 2" in browser.text, "the exam is shown")
        if browser.all("dialog[open]"):
            browser.press_text("Продолжить здесь")
        if "Прочтите" in browser.text:
            browser.press_text("Дальше")
        browser.until(lambda: browser.all(".formula math"), "the formula is typeset")
        shape = browser.driver.execute_script(
            """const math = document.querySelector('.formula math'); const fraction = math.querySelector('mfrac');
               const [above, below] = [...fraction.children].map((each) => each.getBoundingClientRect());
               return { namespace: math.namespaceURI, parts: [...fraction.children].map((each) => each.textContent), isStacked: above.bottom <= below.top + 2, height: above.height }""")
        self.assertEqual(shape["namespace"], "http://www.w3.org/1998/Math/MathML")
        self.assertEqual(shape["parts"], ["1", "2"])
        self.assertTrue(shape["isStacked"] and shape["height"] > 0, "the fraction is drawn as one")
        browser.shoot("formulas-360")
        self.assertEqual(browser.axe(), [])
        self.assertIsNone(browser.overflow())
        browser.driver.execute_script("[...document.querySelectorAll('.items button')].find((each) => !each.ariaCurrent).click()")
        browser.says("Прочтите", "nosuchcommand")
        self.assertTrue(browser.all("span.tex"))
        self.assertEqual(browser.console(), [])
        self.assertEqual(place.service.errors(), [])


if __name__ == "__main__":
    unittest.main()
