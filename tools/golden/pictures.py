"""Pictures of other sizes as Pillow makes them, for tests/golden/pictures.json.

crop is Resize and CenterCrop of torchvision, pad is ImageOps.pad, stretch is Image.resize."""
import numpy
from PIL import Image, ImageOps

from write import write

SIZES = [((9, 7, 3), (4, 5)), ((7, 9, 3), (4, 4)), ((5, 3, 1), (8, 10)), ((33, 20, 1), (6, 6)),
         ((2, 17, 3), (5, 6)), ((12, 12, 1), (5, 12)), ((40, 60, 1), (7, 7))]


def pattern(height, width, channels):
    i = numpy.arange(height * width * channels, dtype=numpy.int64)
    pixels = ((i * i * 7 + i * 13) % 251).astype(numpy.uint8).reshape(height, width, channels)
    return Image.fromarray(pixels if channels == 3 else pixels[:, :, 0])


def crop(image, height, width):
    wide, tall = width, height
    if height * image.width >= width * image.height:
        wide = int(height * image.width / image.height)
    else:
        tall = int(width * image.height / image.width)
    top, left = int(round((tall - height) / 2.0)), int(round((wide - width) / 2.0))
    large = image.resize((wide, tall), Image.BILINEAR)
    return large.crop((left, top, left + width, top + height))


cases = []
for size, (height, width) in SIZES:
    image = pattern(*size)
    made = {"stretch": image.resize((width, height), Image.BILINEAR), "crop": crop(image, height, width),
            "pad": ImageOps.pad(image, (width, height), Image.BILINEAR)}
    for fit, picture in made.items():
        cases.append({"fit": fit, "from": size, "to": (height, width),
                      "pixels": numpy.asarray(picture).flatten().tolist()})
write("pictures", {"cases": cases})
