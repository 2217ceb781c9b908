#!/usr/bin/env python3
"""The peer of the accuracy benchmark: dlib's descriptors of pictures, as Python programs commonly make them.

    dlib_accuracy.py --landmarks FILE --descriptor FILE --cache FILE < PATHS

Standard input is one path of a picture a line. For each: the largest face found by HOG on the picture enlarged once,
five points, chip, descriptor. `plain` is the descriptor as it is, `mirror` the sum of the chip's and its mirror image's,
scaled to unit length. Results go to the cache, one JSON object a line with the picture's SHA-256; what is there already
is not made again. Progress goes to standard error as `done total`.
"""

import os

# Before numpy and dlib load their libraries: each process is one thread.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import hashlib
import io
import json
import multiprocessing
import sys

import dlib
import numpy as np
from PIL import Image

# Written with each result, so that results of another way of making them are not taken for these.
RECIPE = f"dlib {dlib.__version__}, HOG, enlarged once, five points, chip 150 with 0.25 around"
CHIP_SIDE = 150
CHIP_PADDING = 0.25


class Pipeline:
    """dlib's detector, landmarks and descriptor."""

    def __init__(self, landmarks, descriptor):
        self.detector = dlib.get_frontal_face_detector()
        self.landmarks = dlib.shape_predictor(landmarks)
        self.network = dlib.face_recognition_model_v1(descriptor)

    def describe(self, data):
        """The descriptors of a picture's largest face; None where no face is found."""
        picture = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        faces = self.detector(picture, 1)
        if not faces:
            return None
        face = max(faces, key=lambda rectangle: rectangle.area())
        points = self.landmarks(picture, face)
        plain = np.array(self.network.compute_face_descriptor(picture, points))
        chip = dlib.get_face_chip(picture, points, CHIP_SIDE, CHIP_PADDING)
        mirrored = np.ascontiguousarray(chip[:, ::-1])
        both = sum(np.array(self.network.compute_face_descriptor(image)) for image in (chip, mirrored))
        return plain, both / np.linalg.norm(both)


def known(path):
    """The results in the cache by SHA-256; a line cut short by an interruption is skipped."""
    found = {}
    if not os.path.exists(path):
        return found
    with open(path, encoding="utf-8") as file:
        for line in file:
            try:
                entry = json.loads(line)
                if entry["recipe"] == RECIPE:
                    found[entry["sha256"]] = entry
            except (ValueError, KeyError):
                continue
    return found


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    return hashlib.sha256(data).hexdigest(), data


def start(landmarks, descriptor):
    global pipeline
    pipeline = Pipeline(landmarks, descriptor)


def result(path):
    digest, data = read(path)
    entry = {"sha256": digest, "recipe": RECIPE}
    try:
        found = pipeline.describe(data)
    except (OSError, ValueError, RuntimeError, SyntaxError) as error:  # what Pillow and dlib raise on broken pictures
        return entry | {"failure": "unreadable", "reason": str(error)}
    if found is None:
        return entry | {"failure": "no_face"}
    return entry | {"plain": [round(float(value), 7) for value in found[0]],
                    "mirror": [round(float(value), 7) for value in found[1]]}


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--landmarks", required=True, help="shape_predictor_5_face_landmarks.dat")
    parser.add_argument("--descriptor", required=True, help="dlib_face_recognition_resnet_model_v1.dat")
    parser.add_argument("--cache", required=True, help="where the results are kept, JSON lines")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="pictures worked on at once")
    options = parser.parse_args(arguments)

    paths = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    have = known(options.cache)
    missing = {}
    for path in paths:
        digest, _ = read(path)
        if digest not in have:
            missing.setdefault(digest, path)
    os.makedirs(os.path.dirname(os.path.abspath(options.cache)), exist_ok=True)
    total, done = len(missing), 0
    print(f"{done} {total}", file=sys.stderr, flush=True)
    if not missing:
        return 0
    with open(options.cache, "a", encoding="utf-8") as cache, multiprocessing.Pool(
            max(1, options.processes), start, (options.landmarks, options.descriptor)) as pool:
        for entry in pool.imap_unordered(result, missing.values(), chunksize=4):
            # Begins with a line break, so that a line that an interruption cut short spoils no other.
            cache.write("\n" + json.dumps(entry))
            cache.flush()
            done += 1
            print(f"{done} {total}", file=sys.stderr, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
