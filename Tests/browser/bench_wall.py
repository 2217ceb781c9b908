"""How the examiner's wall of hundreds of tiles runs in a browser while each candidate sends a frame every ten seconds.

Counted over half a minute: frames that the browser drew a second, tasks of more than 50 ms, and how long a key pressed
in the field "find by name" took to be drawn.
"""

import concurrent.futures
import io
import statistics
import sys
import tempfile
import threading
import time

from PIL import Image, ImageOps

from browser import HEIGHTS, Browser
from institution import Institution
from service import PASSWORD, PHOTOGRAPHS

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 300
EVERY = 10
SECONDS = 30
WATCH = """
window.__long = []; window.__drawn = 0; window.__keys = [];
new PerformanceObserver((list) => { for (const each of list.getEntries()) window.__long.push(each.duration); }).observe({ type: 'longtask' });
const draw = () => { window.__drawn += 1; requestAnimationFrame(draw); };
requestAnimationFrame(draw);
addEventListener('keydown', () => { const at = performance.now(); requestAnimationFrame(() => setTimeout(() => window.__keys.push(performance.now() - at))); }, true);
"""


def frame():
    """A camera's picture as the exam page sends it."""
    with Image.open(PHOTOGRAPHS / "obama3.jpg") as picture:
        small = ImageOps.fit(picture.convert("RGB"), (960, 720), centering=(0.5, HEIGHTS["obama3.jpg"]))
    file = io.BytesIO()
    small.save(file, "JPEG", quality=85)
    return file.getvalue()


def unlike(number, picture):
    """The same picture in other bytes: with a comment behind the start of the image."""
    text = f"{number:08}".encode()
    return picture[:2] + b"\xff\xfe" + (2 + len(text)).to_bytes(2, "big") + text + picture[2:]


def main():
    place = Institution()
    service = place.service
    rows = "номер;фамилия;имя;отчество\n" + "".join(f"{number}/w;Соловьёва;Алёна;\n" for number in range(COUNT))
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as register:
        register.write(rows)
        register.flush()
        service.command("contracts", "import", register.name)
    exam = place.exam("Стена")
    texts = {text["kind"]: text for text in service.call("GET", "/v1/consent-texts")["texts"]}
    portrait, picture = (PHOTOGRAPHS / "obama.jpg").read_bytes(), frame()
    jpeg = {"Content-Type": "image/jpeg"}

    def admit(number):
        service.call("POST", "/v1/accounts", json={"email": f"w{number}@example.org", "password": PASSWORD, "surname": "Соловьёва", "given_name": "Алёна", "contract_number": f"{number}/w"})
        token = service.login(f"w{number}@example.org")
        for kind in ("personal_data", "biometric"):
            service.call("POST", "/v1/me/consents", token, json={"kind": kind, "version": texts[kind]["version"], "sha256": texts[kind]["ru"]["sha256"]})
        service.call("PUT", "/v1/me/portrait", token, data=unlike(number, portrait), headers=jpeg)
        attempt = service.call("POST", f"/v1/exams/{exam}/attempts", token)["id"]
        service.call("POST", f"/v1/attempts/{attempt}/frames", token, data=unlike(number, picture), headers=jpeg)
        service.call("POST", f"/v1/attempts/{attempt}/start", token)
        return token, attempt

    print(f"{COUNT} candidates get ready")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        sittings = list(pool.map(admit, range(COUNT)))
    over = threading.Event()
    sent = []

    def send(number):
        token, attempt = sittings[number]
        serial = COUNT + number
        over.wait(EVERY * number / COUNT)
        while not over.is_set():
            due = time.monotonic() + EVERY
            serial += COUNT
            try:
                service.call("POST", f"/v1/attempts/{attempt}/frames", token, data=unlike(serial, picture), headers=jpeg)
                sent.append(True)
            except RuntimeError:
                sent.append(False)
            over.wait(max(0, due - time.monotonic()))

    browser = Browser(service)
    try:
        browser.log_in("examiner@example.org")
        for number in range(COUNT):
            threading.Thread(target=send, args=(number,), daemon=True).start()
        browser.open(f"/staff/wall/{exam}")
        browser.until(lambda: len(browser.all(".wall article")) == COUNT, f"{COUNT} tiles stand")
        time.sleep(EVERY)
        browser.driver.execute_script(WATCH)
        sent.clear()
        field = browser.all("input[name=search]")[0]
        started = time.monotonic()
        while time.monotonic() - started < SECONDS:
            field.send_keys("а")
            field.clear()
            browser.driver.execute_script("window.scrollBy(0, 300); if (innerHeight + scrollY >= document.body.scrollHeight) scrollTo(0, 0)")
            time.sleep(0.5)
        took = time.monotonic() - started
        found = browser.driver.execute_script("return { long: window.__long, drawn: window.__drawn, keys: window.__keys }")
        compared = sum(sent)
        print(
            f"{COUNT} tiles, {len(sent) / took:.0f} frames a second came, {compared} of {len(sent)} were compared, {took:.0f} s:\n"
            f"  {found['drawn'] / took:.0f} pictures a second drawn by the browser\n"
            f"  {len(found['long'])} tasks of more than 50 ms, the longest {max(found['long'], default=0):.0f} ms, together {sum(found['long']) / took / 10:.1f} % of the time\n"
            f"  a key is answered after {statistics.median(found['keys']):.0f} ms in the median, {max(found['keys']):.0f} ms at worst"
        )
    finally:
        over.set()
        browser.close()
        place.stop()


if __name__ == "__main__":
    main()
