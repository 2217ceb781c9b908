"""A web server that answers what a test wrote down, for providers that lie or fail.

Usage: scripted.py FOLDER. Prints its port. GET /a/b answers FOLDER/a_b.json:
  {"status": 200, "headers": {...}, "body": "...", "repeat": 1, "close": false, "hang": false}
Each request becomes a line of FOLDER/requests.jsonl. Ends with its standard input.
"""

import json
import pathlib
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER = pathlib.Path(sys.argv[1])
LOCK = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        entry = {
            "method": self.command, "path": self.path, "body": self.rfile.read(length).decode(),
            "headers": {name.lower(): value for name, value in self.headers.items()},
        }
        with LOCK, (FOLDER / "requests.jsonl").open("a") as log:
            log.write(json.dumps(entry) + "\n")
        try:
            script = json.loads((FOLDER / (self.path.strip("/").replace("/", "_") + ".json")).read_text())
        except FileNotFoundError:
            script = {"status": 404}
        if script.get("close"):
            return
        body, repeat = script.get("body", "").encode(), script.get("repeat", 1)
        self.send_response(script.get("status", 200))
        headers = {"Content-Type": "application/json", **script.get("headers", {})}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for _ in range(repeat):
                self.wfile.write(body)
            if script.get("hang"):
                threading.Event().wait()
        except (BrokenPipeError, ConnectionResetError):
            pass

    do_GET = do_POST = answer

    def log_message(self, *_: object) -> None:
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
