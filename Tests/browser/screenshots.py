"""The pictures of the README: an exam day's wall, and the candidate's exam page. Faces are blurred before anything is taken."""

import io
import pathlib
import sys

from PIL import Image

import institution
from browser import Browser
from institution import Institution, picture

MOST_BYTES = 150_000
# Beside the candidates of the tests, so that the wall is one of a day and not of a handful.
MORE = [
    ("belkina", "Белкина", "Дарья", "Павловна", "6/26"), ("volkov", "Волков", "Артём", "Юрьевич", "7/26"), ("gusev", "Гусев", "Никита", "", "8/26"),
    ("ershova", "Ершова", "Полина", "Андреевна", "9/26"), ("zimin", "Зимин", "Марк", "Олегович", "10/26"), ("lapina", "Лапина", "Софья", "", "11/26"), ("sobolev", "Соболев", "Глеб", "Денисович", "12/26"),
]
institution.CANDIDATES += MORE
NOTICED = {1: ["client.tab_hidden"] * 6, 3: ["client.window_blurred"] * 2, 6: ["client.help_asked"], 8: ["client.microphone_lost"]}


def photograph(browser, name, target):
    """Takes the page with every face blurred, in a size that a README can carry."""
    browser.driver.execute_script(
        """const sheet = new CSSStyleSheet(); sheet.replaceSync('.wall img, .frames img { filter: blur(18px) saturate(0.6) !important; } .self-view video, .camera video { filter: blur(26px) saturate(0.6) !important; }');
           document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; scrollTo(0, 0)""")
    # Not only loaded, but drawn: decoding goes on behind the page.
    browser.driver.execute_async_script(
        """const done = arguments[0]; const shown = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
           Promise.all(shown.map((image) => image.decode().catch(() => undefined))).then(() => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 500))""")
    shot = Image.open(io.BytesIO(browser.driver.get_screenshot_as_png())).convert("RGB")
    for quality in (86, 78, 68, 55):
        packed = io.BytesIO()
        shot.save(packed, "WEBP", quality=quality, method=6)
        if packed.tell() <= MOST_BYTES:
            break
    assert packed.tell() <= MOST_BYTES, f"{name} takes {packed.tell()} bytes"
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{name}.webp").write_bytes(packed.getvalue())
    print(f"{target / name}.webp: {packed.tell()} bytes", flush=True)


def play(place, target):
    exam = place.exam("Information security, group БИ-21", duration_seconds=5400)
    tokens = []
    for number in range(len(institution.CANDIDATES)):
        token = place.candidate(number, portrait="obama3.jpg" if number % 4 == 3 else "obama.jpg")
        tokens.append(token)
        if number == 10:  # Has not come yet.
            place.service.call("POST", f"/v1/exams/{exam}/attempts", token)
            continue
        attempt = place.started(exam, token)
        for kind in NOTICED.get(number, []):
            place.service.call("POST", f"/v1/attempts/{attempt}/events", token, json={"type": kind})
        if number == 4:
            for _ in range(2):
                place.service.call("POST", f"/v1/attempts/{attempt}/frames", token, **picture("biden.jpg"))
        if number == 7:
            place.call("POST", f"/v1/attempts/{attempt}/control", "examiner", json={"action": "pause", "reason": "connection_interrupted"})
        if number == 9:
            place.service.call("POST", f"/v1/attempts/{attempt}/submit", token)
    examiner = Browser(place.service, language="en", width=1280, height=860)
    candidate = Browser(place.service, language="en", width=1280, height=860)
    try:
        examiner.log_in("examiner@example.org")
        examiner.open(f"/staff/wall/{exam}")
        examiner.until(lambda: len(examiner.all(".wall img")) >= 10, "the wall shows the frames")
        photograph(examiner, "wall", target)
        candidate.log_in(f"{institution.CANDIDATES[0][0]}@example.org")
        attempt = place.service.call("GET", "/v1/me/attempts", tokens[0])["attempts"][0]["attempt"]["id"]
        candidate.open(f"/attempt/{attempt}")
        if candidate.all("dialog[open]"):
            candidate.press_text("Go on here", "Continue here", inside="dialog")
        candidate.says("Task 1 of 7")
        candidate.until(lambda: candidate.all(".self-view video"), "the own picture is shown")
        for number, box in ((1, True), (2, False)):
            candidate.driver.execute_script("document.querySelectorAll('.items button')[arguments[0]].click()", number - 1)
            candidate.says(f"Task {number} of 7")
            if candidate.all(".question input[type=radio]"):
                candidate.press(".question input[type=radio]")
        candidate.says("Answers are saved")
        photograph(candidate, "exam", target)
    finally:
        examiner.close()
        candidate.close()


if __name__ == "__main__":
    place = Institution()
    try:
        play(place, pathlib.Path(sys.argv[1]))
    finally:
        place.stop()
