#!/usr/bin/env python3
"""Draw the specimens beside this file: pages without a portrait, of people who do not exist.

    draw.py        needs Pillow and Debian's fonts-ocr-b and fonts-dejavu-core

The drawings are committed, so that tests need neither.
"""

import math
import os

from PIL import Image, ImageDraw, ImageFont

OCR_B = "/usr/share/fonts/opentype/ocr-b/OCRB.otf"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SCALE = 10  # pixels a millimetre
PITCH = 2.54  # millimetres from one character to the next (ICAO Doc 9303-3, 4.1)

SPECIMENS = {
    # name: (width, height, distance of the first line from the lower edge, distance of lines), in millimetres
    "td3": (125, 88, 15.5, 6.35, [
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L898902C36UTO7408122F3204153ZE184226B<<<<<",
    ]),
    "td1": (85.6, 54, 17, 4.6, [
        "I<UTOD231458907<<<<<<<<<<<<<<<",
        "7408122F3204153UTO<<<<<<<<<<<",
        "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    ]),
    "russian-passport": (125, 88, 15.5, 6.35, [
        "PNRUSSOLOV92VA<<AL2NA<IGOREVI3<<<<<<<<<<<<<<",
        "",
    ]),
}


def digit(text):
    """The check digit (ICAO Doc 9303-3, 4.9)."""
    return str(sum((0 if sign == "<" else int(sign, 36)) * (7, 3, 1)[place % 3]
                   for place, sign in enumerate(text)) % 10)


def completed(name, lines):
    """The lines with the check digits that the table leaves open."""
    if name == "td3":
        line = lines[1]
        line = line
        line += digit(line[28:42])
        return [lines[0], line + digit(line[:10] + line[13:20] + line[21:43])]
    if name == "td1":
        data = lines[1]
        return [lines[0], data + digit(lines[0][5:] + data[:7] + data[8:15] + data[18:29]), lines[2]]
    number, birth, optional = "451123456", "950520", "5150610710001<"
    line = f"{number}{digit(number)}RUS{birth}{digit(birth)}F<<<<<<<{optional}{digit(optional)}"
    return [lines[0], line + digit(line[:10] + line[13:20] + line[21:43])]


def draw(name, width, height, first, step, lines):
    page = Image.new("L", (round(width * SCALE), round(height * SCALE)), 228)
    pen = ImageDraw.Draw(page)
    for number in range(40):
        points = [(x, height * SCALE * number / 40 + 25 * math.sin(x / 45 + number))
                  for x in range(0, page.width, 8)]
        pen.line(points, fill=206, width=2)
    pen.rectangle([50, 100, 300, 350], fill=150)
    sans = ImageFont.truetype(SANS, 26)
    for number, text in enumerate(["ОБРАЗЕЦ", "SPECIMEN", "Без портрета", "No portrait"]):
        pen.text((340, 90 + 55 * number), text, font=sans, fill=45)
    font = ImageFont.truetype(OCR_B, 60)
    font = ImageFont.truetype(OCR_B, round(60 * PITCH * SCALE / font.getlength("0")))
    left = (width - PITCH * len(lines[0])) / 2
    for number, line in enumerate(lines):
        for place, sign in enumerate(line):
            pen.text(((left + PITCH * place) * SCALE, (height - first + step * number) * SCALE), sign, font=font,
                     fill=25)
    folder = os.path.dirname(os.path.abspath(__file__))
    page.quantize(16).save(os.path.join(folder, f"{name}.png"), optimize=True)
    with open(os.path.join(folder, f"{name}.txt"), "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")


for name, (width, height, first, step, lines) in SPECIMENS.items():
    draw(name, width, height, first, step, completed(name, lines))
