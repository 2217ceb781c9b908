"""How soon the exam page can be worked in, on loopback, with the processor throttled four times.

Interactive is the later of two moments, counted from the start of the navigation: the first question's field stands in
the page and takes what is typed; the main thread has done its last task of more than 50 ms, behind which a second
without one follows. The floor is a drawing of the same daemon opened by itself: a page that has nothing to do.
"""

import statistics
import sys
import time

from browser import Browser
from institution import CANDIDATES, Institution

RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
THROTTLE = 4
QUIET = 1000
BANK = "$CATEGORY: $course$/top/Сети\n\n" + "\n\n".join(
    f"// [tag:difficulty={number % 5 + 1}]\n::Задание {number}::Назовите порт службы номер {number} и объясните, зачем он ей. {{=ответ {number}}}" for number in range(1, 21)
)

# Runs before the page's own scripts; notes when the field is there and every long task.
PROBE = """
window.__long = [];
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.__long.push([entry.startTime, entry.duration]); }).observe({ type: 'longtask', buffered: true });
new MutationObserver((_, watcher) => {
    const field = document.querySelector('.question input, .question textarea');
    if (!field || field.disabled) return;
    window.__field = performance.now();
    watcher.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
READ = """
const paint = performance.getEntriesByType('paint').find((each) => each.name === 'first-contentful-paint');
const files = performance.getEntriesByType('resource');
return { field: window.__field ?? null, long: window.__long, now: performance.now(), paint: paint?.startTime ?? null,
    bytes: files.reduce((sum, each) => sum + each.encodedBodySize, 0) + performance.getEntriesByType('navigation')[0].encodedBodySize,
    requests: files.length + 1, api: files.filter((each) => each.name.includes('/v1/')).length };
"""


def visit(browser, path):
    """One visit: milliseconds until the page is interactive, and what it took."""
    browser.driver.get(browser.base + path)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = browser.driver.execute_script(READ)
        ends = [start + length for start, length in found["long"]]
        begun = max([found["field"] or 0, *ends])
        # A task that is under way is told of when it is over, so the window is looked at once it has passed.
        if found["field"] and found["now"] - begun > QUIET:
            # Long tasks after the first quiet second are no part of the start.
            interactive = found["field"]
            for start, length in sorted(found["long"]):
                if start < interactive + QUIET:
                    interactive = max(interactive, start + length)
            return interactive, found
        time.sleep(0.2)
    raise AssertionError(f"not interactive in 30 s: {browser.text[:400]} {browser.console()}")


def typed(browser, words):
    """Types as a person does; whether the field keeps it."""
    field = next(each for each in browser.all(".question input, .question textarea") if each.is_displayed())
    field.clear()
    field.send_keys(words)
    return browser.driver.execute_script("return document.querySelector('.question input, .question textarea').value") == words


def floor(browser, path):
    browser.driver.get(browser.base + path)
    return browser.driver.execute_script("return performance.getEntriesByType('navigation')[0].loadEventEnd")


def forget(browser):
    """As on the first visit, but logged in."""
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.driver.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": browser.base, "storageTypes": "service_workers,cache_storage,indexeddb"})


def main():
    place = Institution()
    place.call("POST", "/v1/question-banks/TP/imports", "examiner", data=BANK.encode(), headers={"Content-Type": "text/plain"})
    exam = place.exam("Порты", discipline="TP", sections=[{"count": 20}])
    attempt = place.started(exam, place.candidate(0, portrait="obama.jpg"))
    browser = Browser(place.service)
    try:
        browser.log_in(f"{CANDIDATES[0][0]}@example.org")
        browser.open(f"/attempt/{attempt}")
        browser.until(lambda: browser.all("dialog[open]") or browser.all(".question input"), "the exam page is shown")
        if browser.all("dialog[open]"):
            browser.press_text("Продолжить здесь")
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": PROBE})
        browser.driver.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
        icon = browser.driver.execute_script("return document.querySelector('link[rel=icon]').getAttribute('href')")
        rows = {}
        for run in range(RUNS):
            rows.setdefault("empty page", []).append((floor(browser, icon), None))
            forget(browser)
            rows.setdefault("exam page, cold cache", []).append(visit(browser, f"/attempt/{attempt}"))
            if not typed(browser, f"cold {run}"):
                raise AssertionError("the field does not keep what was typed")
            browser.says("Ответы сохранены")
            rows.setdefault("exam page, warm cache", []).append(visit(browser, f"/attempt/{attempt}"))
            if not typed(browser, f"warm {run}"):
                raise AssertionError("the field does not keep what was typed")
            browser.says("Ответы сохранены")
        print(f"{'processor throttled ' + str(THROTTLE) + ' times':28}  median ms  worst ms  field ms  paint ms  requests  API  bytes")
        for name, runs in rows.items():
            times = [run[0] for run in runs]
            line = f"{name:28}  {statistics.median(times):9.0f}  {max(times):8.0f}"
            if runs[0][1]:
                middle = lambda key: statistics.median(run[1][key] for run in runs)
                line += f"  {middle('field'):8.0f}  {middle('paint'):8.0f}  {middle('requests'):8.0f}  {middle('api'):3.0f}  {middle('bytes'):.0f}"
                longest = max((length for run in runs for _, length in run[1]["long"]), default=0)
                line += f"  (longest task {longest:.0f} ms)"
            print(line)
    finally:
        browser.close()
        place.stop()


if __name__ == "__main__":
    main()
