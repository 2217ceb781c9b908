#!/usr/bin/env python3
"""Scales pictures so that the longer side has 640 pixels, as both sides of the benchmark get them.

    scale.py DIRECTORY PICTURE...
"""

import os
import sys

from PIL import Image

LONGER_SIDE = 640


def main(directory, paths):
    os.makedirs(directory, exist_ok=True)
    for path in paths:
        picture = Image.open(path).convert("RGB")
        factor = LONGER_SIDE / max(picture.size)
        size = [round(side * factor) for side in picture.size]
        target = os.path.join(directory, os.path.basename(path))
        picture.resize(size, Image.Resampling.LANCZOS).save(target, quality=92)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
