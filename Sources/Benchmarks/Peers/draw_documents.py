#!/usr/bin/env python3
"""Draw pictures of documents with machine-readable zones, and write down what stands in them.

    draw_documents.py --count N --into DIRECTORY [--condition NAME]...

Pages of passports, identity cards and Russian internal passports (ICAO Doc 9303-4, -5; the latter as the Russian order
has it) of people who do not exist, in the letters of OCR-B, then photographed: perspective, light, blur, noise, JPEG.
The same N gives the same pictures. DIRECTORY gets one JPEG file each and truth.json. Needs numpy, Pillow and Debian's
fonts-ocr-b and fonts-dejavu-core.
"""

import argparse
import json
import math
import os
import random

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

OCR_B = "/usr/share/fonts/opentype/ocr-b/OCRB{}.otf"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SCALE = 12  # pixels a millimetre on the drawn page
PITCH = 2.54  # millimetres from one character to the next (ICAO Doc 9303-3, 4.1)

# How each condition differs from: a picture 1600 pixels wide of which the page fills 85 %, turned by up to 3 degrees,
# its corners off by up to 5 %, light that falls by 20 % to either side, blur of 0.6 pixels, noise of 4, JPEG 85.
# `known`: pictures like these were looked at while the reader was made, though not these ones.
CONDITIONS = {
    "as it should be": {"known": True},
    "webcam, 1280 pixels": {"known": True, "width": 1280, "noise": 5, "quality": 80},
    "webcam, 1920 pixels": {"known": True, "width": 1920, "blur": 0.9, "noise": 5, "quality": 80},
    "phone, 3000 pixels": {"known": True, "width": 3000, "blur": 1.2, "noise": 6, "tilt": 0.07, "turn": 5},
    "tilted, turned by 8°": {"known": True, "width": 1920, "tilt": 0.10, "turn": 8},
    "blurred": {"known": True, "width": 1920, "blur": 1.8},
    "noisy": {"known": True, "width": 1920, "noise": 14, "quality": 60},
    "dark": {"known": True, "width": 1920, "gain": 0.3, "noise": 7, "quality": 75},
    "far away, 1280 pixels": {"known": True, "width": 1280, "share": 0.6, "noise": 5, "quality": 80},
    "640 pixels": {"width": 640},
    "page curved": {"width": 1920, "bend": 10},
    "glare": {"width": 1920, "glare": 170},
    "moved by 9 pixels": {"width": 1920, "moved": 9},
    "JPEG 30": {"quality": 30},
    "half in shadow": {"width": 1920, "fall": 0.6},
    "upside down": {"down": True},
    "OCR-B sharp letters": {"width": 1920, "letters": "S"},
    "OCR-B light letters": {"width": 1920, "letters": "L"},
}

SURNAMES = ("IVANOV PETROVA SHCHUKIN KHRUSHCHEV TSOI ZHDANOV CHAIKA MUELLER ERIKSSON SMITH NGUYEN OKONKWO GARCIA<LOPEZ "
            "SALTYKOV<SHCHEDRIN AKHMETOV BOBOJONOV QIZI WANG XU ZAITSEV").split()
GIVEN = ("IVAN ANNA IURII NATALIA EDUARD FEDOR IANA JOERG ANNA<MARIA JOHN WEI GALYM OLGA KUZMA ALEKSANDRA BORIS QAYS "
         "ZOE").split()
RUSSIAN = ("ИВАНОВ/ПЁТР/ОЛЕГОВИЧ ЩУКИНА/ЮЛИЯ/ИЛЬИНИЧНА САЛТЫКОВ-ЩЕДРИН/АРСЕНИЙ/ЭДУАРДОВИЧ ЦОЙ/ИЯ/АНДРЕЕВНА "
           "ЧАЙКА/ЯНА/ЮРЬЕВНА ШУВАЛОВ/СЕМЁН/ИГОРЕВИЧ ОБЪЕДКОВА/ФЁКЛА/ЖАНОВНА").split()
# The code of Russian internal passports, one sign for each letter.
CODE = dict(zip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678"))


def digit(text):
    """The check digit (ICAO Doc 9303-3, 4.9)."""
    return str(sum((0 if sign == "<" else int(sign, 36)) * (7, 3, 1)[place % 3]
                   for place, sign in enumerate(text)) % 10)


def filled(text, count):
    return (text + "<" * count)[:count]


def digits(chance, count):
    return "".join(chance.choice("0123456789") for _ in range(count))


def date(chance, first, last):
    return f"{chance.randint(first, last) % 100:02}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"


def passport(chance):
    issuer = chance.choice(["RUS", "KAZ", "UZB", "D<<", "USA", "BLR", "CHN", "TJK"])
    number = digits(chance, 9) if issuer == "RUS" else filled(
        chance.choice("ABCNPX") + chance.choice(["", "K", "B"]) + digits(chance, 7), 9)
    birth, expiry = date(chance, 1960, 2006), date(chance, 2027, 2036)
    personal = filled(chance.choice(["", "", digits(chance, 13), "ZE184226B"]), 14)
    line = number + digit(number) + issuer + birth + digit(birth) + chance.choice("MF") + expiry + digit(expiry)
    line += personal + (digit(personal) if personal.strip("<") else chance.choice("<0"))
    line += digit(line[:10] + line[13:20] + line[21:43])
    return [filled(f"P<{issuer}{chance.choice(SURNAMES)}<<{chance.choice(GIVEN)}", 44), line]


def card(chance):
    issuer = chance.choice(["KAZ", "UTO", "EST", "BEL"])
    number = filled(chance.choice("ABCN") + digits(chance, 8), 9)
    first = "I<" + issuer + number + digit(number) + "<" * 15
    birth, expiry = date(chance, 1960, 2006), date(chance, 2027, 2036)
    second = birth + digit(birth) + chance.choice("MF") + expiry + digit(expiry) + issuer + "<" * 11
    second += digit(first[5:] + second[:7] + second[8:15] + second[18:29])
    return [first, second, filled(f"{chance.choice(SURNAMES)}<<{chance.choice(GIVEN)}", 30)]


def russian_passport(chance):
    surname, given, patronymic = ("".join(CODE.get(letter, "<") for letter in name)
                                  for name in chance.choice(RUSSIAN).split("/"))
    number, birth = digits(chance, 9), date(chance, 1960, 2006)
    optional = digits(chance, 1) + date(chance, 2011, 2025) + digits(chance, 6) + "<"
    line = number + digit(number) + "RUS" + birth + digit(birth) + chance.choice("MF") + "<" * 7
    line += optional + digit(optional)
    line += digit(line[:10] + line[13:20] + line[21:43])
    return [filled(f"PNRUS{surname}<<{given}<{patronymic}", 44), line]


def page(lines, chance, letters):
    """A page with everything but the portrait, as an RGB picture."""
    is_card = len(lines) == 3
    width, height = (85.6, 54) if is_card else (125, 88)
    paper = (chance.randint(215, 240), chance.randint(215, 240), chance.randint(205, 235))
    picture = Image.new("RGB", (int(width * SCALE), int(height * SCALE)), paper)
    pen = ImageDraw.Draw(picture)
    for number in range(60):  # guilloche
        points = [(x, height * SCALE * number / 60 + SCALE * 3 * math.sin(x / (SCALE * (4 + number % 5)) + number))
                  for x in range(0, picture.width, 6)]
        pen.line(points, fill=(chance.randint(190, 215),) * 2 + (chance.randint(195, 220),), width=2)
    pen.rectangle([value * SCALE for value in (5, 10, 30 if is_card else 40, 35 if is_card else 58)],
                  fill=(150, 140, 130))
    large, small = ImageFont.truetype(SANS, int(2.6 * SCALE)), ImageFont.truetype(SANS, int(1.6 * SCALE))
    top = 6 * SCALE
    texts = ["РОССИЙСКАЯ ФЕДЕРАЦИЯ / PASSPORT", "Фамилия/Surname", "СПЕЦИМЕНОВ / SPETSIMENOV", "Имя/Given names",
             "ИВАН / IVAN", "Дата рождения", "15.01.1990", "Authority МВД 77001"]
    for text in texts[:5 if is_card else 8]:
        pen.text(((34 if is_card else 45) * SCALE, top), text, font=large if text.isupper() else small,
                 fill=(40, 40, 50))
        top += (5 if is_card else 6) * SCALE
    path = OCR_B.format(letters)
    size = 3 * SCALE
    font = ImageFont.truetype(path, round(size * PITCH * SCALE / ImageFont.truetype(path, size).getlength("0")))
    top = (height - (17 if is_card else 15.5)) * SCALE
    for line in lines:
        for place, sign in enumerate(line):
            pen.text((((4 if is_card else 5.5) + PITCH * place) * SCALE, top), sign, font=font, fill=(25, 25, 25))
        top += (4.6 if is_card else 6.35) * SCALE
    return picture


def bent(picture, most):
    """The page as if the middle of its width lay higher, by so many pixels."""
    pixels = numpy.asarray(picture, numpy.float32)
    rows, columns = pixels.shape[:2]
    shift = most * numpy.sin(numpy.arange(columns) / columns * numpy.pi)
    from_row = numpy.clip(numpy.arange(rows)[:, None] + shift[None, :], 0, rows - 1)
    upper = numpy.floor(from_row).astype(int)
    part = (from_row - upper)[:, :, None]
    column = numpy.arange(columns)[None, :]
    mixed = pixels[upper, column] * (1 - part) + pixels[numpy.minimum(upper + 1, rows - 1), column] * part
    return Image.fromarray(mixed.astype(numpy.uint8))


def perspective(corners, width, height):
    """Pillow's coefficients, from the picture's corners to those of the page."""
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (width, 0), (width, height), (0, height)]):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return numpy.linalg.solve(numpy.array(rows), numpy.array(values)).tolist()


def photograph(drawn, chance, width=1600, share=0.85, turn=3, tilt=0.05, blur=0.6, noise=4, gain=1.0, quality=85,
               fall=0.2, bend=0, glare=0, moved=0, down=False):
    """The page on a table, as a camera shows it; the picture and its JPEG quality."""
    if bend:
        drawn = bent(drawn, bend)
    height = width * 3 // 4
    scale = min(share * width / drawn.width, 0.95 * height / drawn.height)
    angle = math.radians(chance.uniform(-turn, turn))
    corners = []
    for x, y in [(-1, -1), (1, -1), (1, 1), (-1, 1)]:
        x, y = x * drawn.width / 2 * scale, y * drawn.height / 2 * scale
        far = 1 + chance.uniform(-tilt, tilt)
        corners.append((width / 2 + far * (x * math.cos(angle) - y * math.sin(angle)),
                        height / 2 + far * (x * math.sin(angle) + y * math.cos(angle))))
    if scale < 1:  # what a lens does not resolve must not flicker
        drawn = drawn.filter(ImageFilter.GaussianBlur(max(0.3, 0.45 / scale)))
    way = perspective(corners, drawn.width, drawn.height)
    sensor = numpy.random.default_rng(chance.randint(0, 2**32))
    table = numpy.empty((height, width, 3), numpy.float32)
    table[:] = [chance.randint(60, 140) for _ in range(3)]
    grain = Image.fromarray(sensor.normal(0, 6, (height // 8, width // 8)).astype(numpy.float32))
    table += numpy.asarray(grain.resize((width, height), Image.BILINEAR))[:, :, None]
    picture = Image.fromarray(numpy.clip(table, 0, 255).astype(numpy.uint8))
    size = (width, height)
    picture.paste(drawn.transform(size, Image.PERSPECTIVE, way, Image.BILINEAR),
                  mask=Image.new("L", drawn.size, 255).transform(size, Image.PERSPECTIVE, way, Image.BILINEAR))
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    light = numpy.asarray(picture, numpy.float32)
    slope = numpy.linspace(1 - fall, 1 + fall, width)[None, :, None]
    light = light * (slope if chance.random() < 0.5 else slope[:, ::-1]) * gain
    if glare:
        x, y = numpy.meshgrid(numpy.arange(width), numpy.arange(height))
        x = (x - width * chance.uniform(0.2, 0.8)) / (0.1 * width)
        y = (y - height * chance.uniform(0.5, 0.9)) / (0.1 * height)
        light = light + glare * numpy.exp(-x * x - y * y)[:, :, None]
    if moved:
        sums = numpy.cumsum(numpy.pad(light, ((0, 0), (moved, 0), (0, 0)), "edge"), axis=1, dtype=numpy.float64)
        light = (sums[:, moved:] - sums[:, :-moved]) / moved
    light = light + sensor.normal(0, noise, light.shape)
    picture = Image.fromarray(numpy.clip(light, 0, 255).astype(numpy.uint8))
    return (picture.rotate(180) if down else picture), quality


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--count", type=int, required=True, metavar="N", help="pictures of each condition")
    parser.add_argument("--into", required=True, metavar="DIRECTORY")
    parser.add_argument("--condition", action="append", choices=sorted(CONDITIONS), help="only this one")
    options = parser.parse_args()
    os.makedirs(options.into, exist_ok=True)
    truth = []
    for order, (name, how) in enumerate(CONDITIONS.items()):
        if options.condition and name not in options.condition:
            continue
        how = dict(how)
        known, letters = how.pop("known", False), how.pop("letters", "")
        for number in range(options.count):
            chance = random.Random(f"{name} {number}")
            lines = chance.choice([passport, passport, card, russian_passport])(chance)
            picture, quality = photograph(page(lines, chance, letters), chance, **how)
            file = f"{order:02}-{number:03}.jpg"
            picture.save(os.path.join(options.into, file), quality=quality)
            truth.append({"file": file, "condition": name, "known": known, "lines": lines})
    with open(os.path.join(options.into, "truth.json"), "w", encoding="utf-8") as file:
        json.dump(truth, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
