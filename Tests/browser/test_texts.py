"""Every text of the pages stands in both languages, and every key that is used has a text."""

import json
import pathlib
import re
import subprocess
import unittest

SITE = pathlib.Path(__file__).resolve().parents[2] / "Sources/Pages/Site"
PAIR = re.compile(r"""(?:"([^"]+)"|(\w+)):\s*\[\s*("(?:[^"\\]|\\.)*")\s*,\s*("(?:[^"\\]|\\.)*")\s*\]""")
# Names that are the same in every language.
SAME = re.compile(r"^(CSV|JSON Lines|.{0,3}|\W*\{?\w*\}?\W*|[0-9–—\-{}a-z %/]*)$")


class Texts(unittest.TestCase):
    def files(self):
        found = sorted(SITE.rglob("*.js"))
        self.assertGreater(len(found), 40)
        return found

    def test_both_languages(self):
        count = 0
        for file in self.files():
            tables = re.findall(r"(?:texts|table)\(\{(.*?)\n\}\);", file.read_text(), re.S)
            for quoted, bare, ru, en in PAIR.findall("\n".join(tables)):
                ru, en = json.loads(ru), json.loads(en)
                count += 1
                with self.subTest(file=file.name, key=quoted or bare):
                    self.assertTrue(ru.strip() and en.strip(), "a text is empty")
                    if ru != en:
                        self.assertNotRegex(en.replace("Русский", ""), "[А-Яа-яЁё]", "the English text holds Russian")
                    if not SAME.match(ru) and ru not in ("English",) and not re.fullmatch(r"[A-Za-z ]+", ru):
                        self.assertRegex(ru, "[А-Яа-яЁё]", "the Russian text is not Russian")
                    self.assertEqual(set(re.findall(r"\{\w+\}", ru)), set(re.findall(r"\{\w+\}", en)), "the values differ")
        self.assertGreater(count, 600)

    def test_keys(self):
        for file in self.files():
            text = file.read_text()
            table = re.search(r"const t = texts\(\{(.*?)\n\}\);", text, re.S)
            used = set(re.findall(r"""(?<![\w.])t\("([\w.]+)\"""", text))
            if not table:
                self.assertFalse(used, f"{file.name} uses texts and has none")
                continue
            known = {quoted or bare for quoted, bare, _, _ in PAIR.findall(table.group(1))}
            self.assertFalse(used - known, f"{file.name} has no text for {sorted(used - known)}")

    def test_no_text_outside_of_tables(self):
        for file in self.files():
            rest = re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(), flags=re.S)
            rest = re.sub(r"texts\(\{.*?\n\}\)|table\(\{.*?\}\);|plural\(.*?\)`?", "", rest, flags=re.S)
            self.assertNotRegex(rest, "[А-Яа-яЁё]{3}", f"{file.name} has Russian text outside of its tables")

    def test_nothing_inline(self):
        """What the policy forbids is not even tried."""
        for file in self.files():
            text = file.read_text()
            for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "javascript:", "https://", "setAttribute(\"style\""):
                if forbidden == "outerHTML" or (forbidden == "https://" and "https://" not in text):
                    continue
                self.assertNotIn(forbidden, text, file.name)


if __name__ == "__main__":
    unittest.main()
