"""An attestd of a test's own, and its API."""

import atexit
import datetime
import json
import os
import pathlib
import subprocess
import tempfile
import time

import requests

ROOT = pathlib.Path(os.environ["ATTESTD_ROOT"])
PROGRAM = os.environ["ATTESTD"]
PHOTOGRAPHS = ROOT / "SampleImages/photographs"
PASSWORD = "three words here"


def instant(**away):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(**away)).isoformat()


def day(days):
    return instant(days=days)[:10]


class Service:
    """The daemon on a temporary data folder, with more settings where they are given."""

    def __init__(self, port=0, more=None):
        self.folder = tempfile.TemporaryDirectory(prefix="attestd-browser-")
        self.config = os.path.join(self.folder.name, "attestd.json5")
        settings = {
            "data_directory": os.path.join(self.folder.name, "data"), "models_directory": str(ROOT / "Models"),
            "self_test_directory": str(PHOTOGRAPHS), "log_origin": "browser.attestd.example/identifications",
        }
        settings.update(more or {})
        self.environment = dict(os.environ)
        if os.environ.get("PAGES_FOLDER"):
            settings["pages_directory"] = os.environ["PAGES_FOLDER"]
            self.environment["ATTESTD_DEVELOPMENT"] = "1"
        with open(self.config, "w") as file:
            json.dump(settings, file)
        self.log = open(os.path.join(self.folder.name, "service.log"), "w+")
        self.process = subprocess.Popen([PROGRAM, "serve", "--config", self.config, "--port", str(port)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log, env=self.environment)
        atexit.register(self.process.kill)
        port = self._await("listening")["port"]
        # A name that browsers take for secure without a certificate.
        self.base = f"http://localhost:{port}"
        self.port = int(port)
        self._await("ready")

    def _await(self, message):
        for _ in range(600):
            with open(self.log.name) as file:
                for line in file:
                    if line.endswith("\n") and f'"message":"{message}"' in line:
                        return json.loads(line)
            if self.process.poll() is not None:
                raise RuntimeError(open(self.log.name).read())
            time.sleep(0.1)
        raise TimeoutError(message)

    def errors(self):
        """What the service logged as its own fault."""
        with open(self.log.name) as file:
            return [line for line in file if '"level":"error"' in line]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        atexit.unregister(self.process.kill)
        self.folder.cleanup()

    def command(self, *words, text=None):
        done = subprocess.run([PROGRAM, *words, "--config", self.config], input=text, text=True, capture_output=True, env=self.environment)
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stdout}{done.stderr}")
        return done.stdout

    def call(self, method, path, token=None, expect=(200, 201, 204), **more):
        headers = more.pop("headers", {})
        if token:
            headers["Authorization"] = f"Bearer {token}"
        answer = requests.request(method, self.base + path, headers=headers, timeout=60, **more)
        if answer.status_code not in expect:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content and "json" in answer.headers.get("Content-Type", "") else answer

    def login(self, email, password=PASSWORD):
        return self.call("POST", "/v1/login", json={"email": email, "password": password, "deliver": "token"})["token"]


def picture(name):
    return {"data": (PHOTOGRAPHS / name).read_bytes(), "headers": {"Content-Type": "image/jpeg"}}
