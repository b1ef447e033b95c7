#!/usr/bin/env python3
"""Makes data/friedman.csv.gz: 2,000 samples of Friedman's first function with noise of deviation 1.

  y = 10 sin(pi x1 x2) + 20 (x3 - 1/2)^2 + 10 x4 + 5 x5 + noise        x1 … x10 uniform on 0 … 1

x6 to x10 have no influence. Source: Friedman 1991, "Multivariate Adaptive Regression Splines", eq. 56.
"""
import gzip
import math
import pathlib
import random

draw = random.Random(1991)
lines = ["x1,x2,x3,x4,x5,x6,x7,x8,x9,x10,y"]
for _ in range(2000):
    x = [round(draw.random(), 4) for _ in range(10)]
    y = 10 * math.sin(math.pi * x[0] * x[1]) + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4] + draw.gauss(0, 1)
    lines.append(",".join(f"{value:g}" for value in x) + f",{y:.4f}")
target = pathlib.Path(__file__).parent.parent / "data" / "friedman.csv.gz"
with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    packed.write(("\n".join(lines) + "\n").encode())
