#!/usr/bin/env python3
"""A time stamp authority for tests: openssl's own behind HTTP. Prints its port.

Usage: time-stamp-authority.py FOLDER [MODE]

Makes in FOLDER a root (root.pem), an authority below it, and one that nobody trusts (other.pem). MODE: `honest` (default),
`other-nonce` answers another request for the same digest, `http-error`, `garbage`.
"""
import http.server
import os
import subprocess
import sys
import tempfile
import threading

FOLDER, MODE = sys.argv[1], (sys.argv[2:] or ["honest"])[0]

CONFIGURATION = """
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/authority.pem
signer_key = {folder}/authority.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def run(*words):
    subprocess.run(words, check=True, capture_output=True)


def prepare():
    """A root, an authority below it, and another authority that nobody trusts."""
    for name in ("root", "other"):
        run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
            "-subj", f"/CN={name}", "-keyout", f"{FOLDER}/{name}.key", "-out", f"{FOLDER}/{name}.pem")
    run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=authority",
        "-keyout", f"{FOLDER}/authority.key", "-out", f"{FOLDER}/authority.csr")
    with open(f"{FOLDER}/extensions", "w") as file:
        file.write("extendedKeyUsage = critical,timeStamping\nbasicConstraints = CA:FALSE\n")
    run("openssl", "x509", "-req", "-in", f"{FOLDER}/authority.csr", "-CA", f"{FOLDER}/root.pem", "-CAkey",
        f"{FOLDER}/root.key", "-CAcreateserial", "-days", "3650", "-extfile", f"{FOLDER}/extensions", "-out",
        f"{FOLDER}/authority.pem")
    with open(f"{FOLDER}/tsa.cnf", "w") as file:
        file.write(CONFIGURATION.format(folder=FOLDER))
    with open(f"{FOLDER}/serial", "w") as file:
        file.write("01\n")


def stamp(query):
    with tempfile.TemporaryDirectory() as place:
        with open(f"{place}/query", "wb") as file:
            file.write(query)
        if MODE == "other-nonce":
            # A genuine stamp of the same digest that answers another request.
            text = subprocess.run(["openssl", "ts", "-query", "-in", f"{place}/query", "-text"], check=True,
                                  capture_output=True, text=True).stdout
            lines = [line.split(" - ", 1)[1][:47] for line in text.splitlines() if line.startswith("    00")]
            digest = "".join(lines).replace(" ", "").replace("-", "")
            run("openssl", "ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", f"{place}/query")
        run("openssl", "ts", "-reply", "-config", f"{FOLDER}/tsa.cnf", "-queryfile", f"{place}/query", "-out",
            f"{place}/reply")
        with open(f"{place}/reply", "rb") as file:
            return file.read()


class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if MODE == "http-error" or self.headers["Content-Type"] != "application/timestamp-query":
            return self.send_error(503)
        body = b"\x30\x03\x02\x01\x00garbage" if MODE == "garbage" else stamp(query)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    if not os.path.exists(f"{FOLDER}/authority.pem"):
        prepare()
    server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
    print(server.server_port, flush=True)
    # Ends with the test that holds its standard input.
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
