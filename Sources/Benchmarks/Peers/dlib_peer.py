#!/usr/bin/env python3
"""The peer of the verification benchmark: dlib's own pipeline, as Python programs commonly use it.

    dlib_peer.py --landmarks FILE --descriptor FILE --pairs N [--warm-up N] IMAGE_A IMAGE_B [IMAGE_A IMAGE_B ...]

One verification: decode both pictures from bytes in memory, find the largest face by HOG (picture not enlarged), five
points, chip, descriptor, Euclidean distance. The pairs are taken in turn. One thread; standard output is one JSON
object, times in milliseconds.
"""

import os

# Before numpy and dlib load their libraries.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse
import io
import json
import math
import platform
import resource
import statistics
import sys
import time

import dlib
import numpy as np
import PIL
from PIL import Image

# dlib's usual threshold for its plain descriptors (examples/dnn_face_recognition_ex.cpp).
DLIB_THRESHOLD = 0.6


class NoFace(Exception):
    """The detector found no face in a picture."""


class Pipeline:
    """dlib's detector, landmarks and descriptor."""

    def __init__(self, landmarks, descriptor):
        self.detector = dlib.get_frontal_face_detector()
        self.landmarks = dlib.shape_predictor(landmarks)
        self.network = dlib.face_recognition_model_v1(descriptor)

    def describe(self, data):
        picture = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        faces = self.detector(picture, 0)
        if not faces:
            raise NoFace
        face = max(faces, key=lambda rectangle: rectangle.area())
        return np.array(self.network.compute_face_descriptor(picture, self.landmarks(picture, face)))

    def distance(self, left, right):
        return float(np.linalg.norm(self.describe(left) - self.describe(right)))


def percentile(values, share):
    """The nearest-rank percentile: the smallest value that at least `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--landmarks", required=True, help="shape_predictor_5_face_landmarks.dat")
    parser.add_argument("--descriptor", required=True, help="dlib_face_recognition_resnet_model_v1.dat")
    parser.add_argument("--pairs", type=int, default=20, help="verifications to measure")
    parser.add_argument("--warm-up", type=int, default=3, help="verifications before the measurement")
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="an even number of pictures")
    options = parser.parse_args(arguments)
    if len(options.images) % 2 or options.pairs < 1:
        parser.error("an even number of pictures and at least one verification are wanted")

    contents = []
    for path in options.images:
        with open(path, "rb") as file:
            contents.append(file.read())
    pairs = list(zip(contents[::2], contents[1::2]))
    names = list(zip(options.images[::2], options.images[1::2]))
    pipeline = Pipeline(options.landmarks, options.descriptor)

    distances = []
    for (left, right), paths in zip(pairs, names):  # also the first part of the warm-up
        try:
            distances.append(pipeline.distance(left, right))
        except NoFace:
            print(f"dlib_peer: no face in {paths[0]} or {paths[1]}", file=sys.stderr)
            return 1
    for index in range(options.warm_up):
        pipeline.distance(*pairs[index % len(pairs)])

    milliseconds = []
    for index in range(options.pairs):
        left, right = pairs[index % len(pairs)]
        started = time.perf_counter()
        pipeline.distance(left, right)
        milliseconds.append((time.perf_counter() - started) * 1000)

    json.dump({
        "peer": "dlib",
        "verifications": len(milliseconds),
        "milliseconds": [round(value, 3) for value in milliseconds],
        "median_ms": round(statistics.median(milliseconds), 3),
        "p95_ms": round(percentile(milliseconds, 0.95), 3),
        "peak_rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "threads": 1,
        "pairs": [{"images": [os.path.basename(path) for path in paths], "distance": round(distance, 4),
                   "match": distance <= DLIB_THRESHOLD} for paths, distance in zip(names, distances)],
        "versions": {"dlib": dlib.__version__, "numpy": np.__version__, "pillow": PIL.__version__,
                     "python": platform.python_version()},
    }, sys.stdout, indent=2)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
