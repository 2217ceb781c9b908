"""Chromium with a camera that is fed from photographs, and what every page must hold."""

import os
import pathlib
import re
import time

import axe_core_python
from PIL import Image, ImageOps
from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service as Driver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from service import PASSWORD, PHOTOGRAPHS

CACHE = pathlib.Path(os.environ["BROWSER_CACHE"])
SCREENSHOTS = CACHE / "screenshots"
AXE = (pathlib.Path(axe_core_python.__file__).parent / "axe.min.js").read_text()


# Where the faces of the photographs are, from the top.
HEIGHTS = {"obama2.jpg": 0.32, "obama3.jpg": 0.1, "biden.jpg": 0.08}


def film(*names):
    """A camera's film: the photographs one after the other as Motion JPEG, which is JPEG files in a row."""
    target = CACHE / "films" / ("-".join(name.rsplit(".", 1)[0] for name in names) + ".mjpeg")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        frames = []
        for name in names:
            with Image.open(PHOTOGRAPHS / name) as picture:
                # As somebody at a desk is seen: a camera's 4:3 with the face in its upper part.
                frame = ImageOps.fit(picture.convert("RGB"), (1280, 960), centering=(0.5, HEIGHTS.get(name, 0.2)))
            place = target.with_suffix(f".{len(frames)}.jpg")
            frame.save(place, quality=95, subsampling=2)
            frames.append(place.read_bytes())
            place.unlink()
        target.write_bytes(b"".join(frame for frame in frames for _ in range(10)))
    return target


class Browser:
    def __init__(self, service, camera=("obama2.jpg",), language="ru", theme="light", width=1280, height=900, proxy=None, arguments=()):
        self.base = service.base if proxy is None else proxy
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film(*camera)}", f"--window-size={width},{height}", "--hide-scrollbars", f"--lang={language}",
            "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--mute-audio", "--disable-component-update", "--no-first-run", *arguments,
        ]:
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": "ru,en" if language == "ru" else "en,ru"})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Driver("/usr/bin/chromedriver"))
        self.driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Yekaterinburg"})
        self.set_theme(theme)
        self.resize(width, height)

    def set_theme(self, theme):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]})

    def resize(self, width, height=900):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})

    def close(self):
        self.driver.quit()

    def log_in(self, email):
        self.open("/login")
        self.fill("email", email)
        self.fill("password", PASSWORD)
        self.press("button[type=submit]")
        self.until(lambda: "/login" not in self.driver.current_url and self.ready(), f"login of {email}")

    def set_language(self, language):
        self.driver.execute_script("localStorage.setItem('attestd.language', arguments[0])", language)

    # Where one is

    def open(self, path):
        self.driver.get(self.base + path)
        self.until(self.ready, f"{path} is shown")

    def open_without_login(self, path):
        """Opens a page that sends to the login."""
        self.driver.get(self.base + path)

    def ready(self):
        return self.driver.execute_script("return document.body && document.body.dataset.ready") is not None and not self.all(".spinner")

    @property
    def path(self):
        return re.sub(r"^https?://[^/]+", "", self.driver.current_url)

    def until(self, condition, what, seconds=40):
        def holds(_):
            try:
                return condition()
            except Exception as error:  # The page is in between: it is looked at again.
                if type(error).__name__ in ("IndexError", "StaleElementReferenceException", "NoSuchElementException", "JavascriptException", "ElementClickInterceptedException", "ElementNotInteractableException"):
                    return False
                raise
        try:
            return WebDriverWait(self.driver, seconds, poll_frequency=0.1).until(holds)
        except TimeoutException:
            self.shoot("failed")
            raise AssertionError(f"not in {seconds} s: {what}; the page {self.path} says: {self.text[:1500]}\nconsole: {self.console()}") from None

    # What is there

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        """The first of these, once there is one."""
        self.until(lambda: self.all(selector), f"there is {selector}")
        return self.all(selector)[0]

    @property
    def text(self):
        return self.driver.execute_script("return document.body.innerText")

    def tick(self, name, value=None):
        """Presses a box, or the choice of that value."""
        self.press(f"""{"dialog[open] " if self.all("dialog[open]") else ""}[name="{name}"]""" + (f'[value="{value}"]' if value is not None else ""))

    def give(self, name, path):
        """Chooses a file."""
        self.until(lambda: self.all(f'[name="{name}"]'), f"there is a field {name}")
        self.all(f'[name="{name}"]')[-1].send_keys(str(path))

    def says(self, *texts, seconds=40):
        for text in texts:
            self.until(lambda: text.lower() in self.text.lower(), f"the page says “{text}”", seconds)

    # What one does

    def press(self, selector):
        def do():
            found = [each for each in self.all(selector) if each.is_displayed()]
            if not found:
                return False
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found[0])
            found[0].click()
            return True
        self.until(do, f"{selector} can be pressed")

    def press_text(self, *texts, inside="body"):
        """Presses the button or the link that says so; the topmost dialog goes before the page."""
        def do():
            found = self.driver.execute_script(
                """const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
                   const root = dialog ?? document.querySelector(arguments[1]);
                   return [...root.querySelectorAll('button, a, summary, label.choice, [role=tab]')].find((node) =>
                       arguments[0].some((text) => node.innerText.trim().startsWith(text)) && node.getClientRects().length && node.getAttribute('aria-busy') !== 'true')""",
                list(texts), inside,
            )
            if not found:
                return False
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
            found.click()
            return True
        self.until(do, f"“{texts[0]}” can be pressed")

    def fill(self, name, value):
        def do():
            dialog = "dialog[open] " if self.all("dialog[open]") else ""
            field = next(each for each in self.all(f'{dialog}[name="{name}"]') if each.is_displayed())
            field.clear()
            field.send_keys(value)
            return True
        try:
            self.until(do, f"{name} can be filled in")
        except StopIteration:
            raise AssertionError(f"there is no field {name}") from None

    def choose(self, name, value):
        self.driver.execute_script(
            """const dialog = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
               const field = dialog.querySelector(`[name="${arguments[0]}"]`); field.value = arguments[1];
               field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }))""",
            name, value,
        )

    # What holds for every page

    def console(self):
        """Errors of scripts and violations of the policy; what the network answers is no error of a page."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")
                and "Failed to load resource" not in entry["message"] and "favicon" not in entry["message"] and "net::ERR" not in entry["message"]]

    def axe(self):
        """What axe-core finds serious or critical."""
        self.driver.execute_script(AXE)
        found = self.driver.execute_async_script(
            """const done = arguments[arguments.length - 1];
               axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(
                   (result) => done(result.violations.filter((each) => ['serious', 'critical'].includes(each.impact)).map((each) =>
                       `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' | ' + node.failureSummary.slice(0, 200)).join(' ;; ')}`)),
                   (error) => done([String(error)]));"""
        )
        return found

    def overflow(self):
        """How far the page is wider than the window, and what sticks out."""
        return self.driver.execute_script(
            """const wide = document.documentElement.scrollWidth - innerWidth;
               if (wide <= 0) return null;
               return [wide, [...document.querySelectorAll('main *')].filter((node) => node.getBoundingClientRect().right > innerWidth + 1).slice(0, 4).map((node) => node.outerHTML.slice(0, 120))]"""
        )

    def transferred(self):
        """Bytes that the shell, scripts, styles and drawings of the page take on the wire."""
        return self.driver.execute_script(
            """return performance.getEntriesByType('resource').filter((each) => each.name.includes('/assets/')).reduce((sum, each) => sum + each.encodedBodySize, 0)
               + performance.getEntriesByType('navigation')[0].encodedBodySize"""
        )

    def shoot(self, name):
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        height = self.driver.execute_script("return Math.min(2400, document.documentElement.scrollHeight)")
        size = self.driver.execute_script("return [innerWidth, innerHeight]")
        self.resize(size[0], max(size[1], height))
        self.driver.save_screenshot(str(SCREENSHOTS / f"{name}.png"))
        self.resize(*size)
