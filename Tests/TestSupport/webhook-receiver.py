"""A receiver of webhooks on this machine: answers what the path says, and writes down what it got, a line of JSON each.

receiver.py FOLDER [CERTIFICATE KEY] prints its port and serves until its input ends.
/status/503 answers 503, /redirect answers 302 to /status/200, anything else 200.
"""

import http.server
import json
import ssl
import sys
import threading


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        line = {"path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body.decode()}
        with open(sys.argv[1] + "/requests.jsonl", "a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        status = int(self.path.rsplit("/", 1)[1]) if self.path.startswith("/status/") else 200
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/status/200")
        else:
            self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
