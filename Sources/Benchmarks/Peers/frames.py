#!/usr/bin/env python3
"""Makes pictures as a webcam sends them from the sample photographs: 4:3, JPEG of quality 85, chroma halved.

    frames.py PHOTOGRAPHS DIRECTORY [WIDTH, else 640]
"""

import os
import sys

from PIL import Image

QUALITY = 85
# Where the 4:3 part with the face begins, as a share of the photograph's height.
TOPS = {"obama.jpg": 0.05, "obama2.jpg": 0.10, "obama3.jpg": 0.03, "biden.jpg": 0.03}


def main(photographs, directory, width=640):
    size = (int(width), int(width) * 3 // 4)
    os.makedirs(directory, exist_ok=True)
    for name, share in TOPS.items():
        picture = Image.open(os.path.join(photographs, name)).convert("RGB")
        top = round(share * picture.height)
        part = picture.crop((0, top, picture.width, top + picture.width * size[1] // size[0]))
        target = os.path.join(directory, name)
        part.resize(size, Image.Resampling.LANCZOS).save(target, quality=QUALITY, subsampling="4:2:0")


if __name__ == "__main__":
    main(*sys.argv[1:])
