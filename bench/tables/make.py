"""Three tables that are as people have them, made up, the same every time.

  houses   1,500 rows, a price: numbers, two categories, a date, yes and no, missing fields
  visits   4,000 rows, came or not, 1 in 12 did not: numbers with gaps, categories, a weekday in a date
  claims   3,000 rows, an amount with a long tail: numbers of very different scale, categories

  python3 bench/tables/make.py DIR      writes houses.csv, visits.csv, claims.csv
"""
import csv
import datetime
import math
import pathlib
import random
import sys


def text(value, draw, gaps=0.0):
    return "" if draw.random() < gaps else value


def houses(draw):
    cities = [f"city {i}" for i in range(12)]
    level = {city: draw.gauss(0, 0.3) for city in cities}
    streets = [f"street {i}" for i in range(60)]
    charm = {street: draw.gauss(0, 0.1) for street in streets}
    yield ["id", "sold", "city", "street", "area", "rooms", "built", "garden", "heating", "price"]
    for i in range(1500):
        city = cities[min(11, int(draw.expovariate(0.3)))]
        street = draw.choice(streets)
        area = round(math.exp(draw.gauss(4.5, 0.4)), 1)
        rooms = max(1, round(area / 25 + draw.gauss(0, 0.7)))
        built = draw.randint(1900, 2020)
        garden = draw.random() < 0.4
        heating = draw.choice(["gas", "oil", "district", "heat pump"])
        day = datetime.date(2018, 1, 1) + datetime.timedelta(days=draw.randrange(1500))
        year = (day - datetime.date(2018, 1, 1)).days / 365
        log = (7.8 + level[city] + charm[street] + 0.9 * math.log(area) + 0.04 * rooms + 0.1 * garden * (area > 100)
               + 0.0000250 * (built - 1960) ** 2 + 0.05 * year + 0.04 * math.sin(2 * math.pi * (year - 0.2))
               + {"gas": 0, "oil": -0.05, "district": 0.03, "heat pump": 0.08}[heating] + draw.gauss(0, 0.08))
        yield [1000 + i, day.isoformat(), city, street, text(area, draw, 0.06), rooms, text(built, draw, 0.1),
               "yes" if garden else "no", text(heating, draw, 0.15), round(math.exp(log), -2)]


def visits(draw):
    clinics = [f"clinic {i}" for i in range(25)]
    habit = {clinic: draw.gauss(0, 0.8) for clinic in clinics}
    yield ["booked", "clinic", "age", "days ahead", "visits before", "missed before", "text sent", "insurance", "came"]
    for _ in range(4000):
        day = datetime.date(2023, 1, 1) + datetime.timedelta(days=draw.randrange(365))
        clinic = draw.choice(clinics)
        age = round(min(95, max(1, draw.gauss(45, 20))))
        ahead = int(draw.expovariate(1 / 15))
        before = int(draw.expovariate(1 / 4))
        missed = sum(draw.random() < 0.15 for _ in range(before))
        sent = draw.random() < 0.6
        insurance = draw.choice(["public", "public", "private", "none"])
        log = (-4.3 + habit[clinic] + 0.05 * min(ahead, 40) - 0.6 * sent * (ahead > 7) + 2.0 * missed / (before + 1)
               + 0.9 * (day.weekday() == 0) + 0.0010 * (age - 50) ** 2 + (1.0 if insurance == "none" else 0.0))
        stays_away = draw.random() < 1 / (1 + math.exp(-log))
        yield [day.isoformat(), clinic, text(age, draw, 0.08), ahead, before, missed, "true" if sent else "false",
               text(insurance, draw, 0.1) or "?", "no" if stays_away else "yes"]


def claims(draw):
    makes = [f"make {i}" for i in range(15)]
    cost = {make: draw.gauss(0, 0.35) for make in makes}
    yield ["make", "power", "value", "age", "kilometers", "region", "driver age", "amount"]
    for _ in range(3000):
        make = draw.choice(makes)
        power = round(draw.gauss(90, 30))
        value = round(math.exp(draw.gauss(9.5, 0.8)))
        age = draw.randrange(20)
        kilometers = round(age * draw.uniform(5000, 30000))
        region = draw.choice(["north", "east", "south", "west"])
        driver = draw.randint(18, 85)
        log = (2.5 + cost[make] + 0.45 * math.log(value) + 0.006 * power - 0.03 * age
               + (0.7 if driver < 25 else 0) + 0.00025 * max(0, driver - 60) ** 2
               + {"north": 0, "east": 0.2, "south": -0.1, "west": 0.1}[region] + draw.gauss(0, 0.35))
        yield [make, power, value, age, text(kilometers, draw, 0.12), region, driver, round(math.exp(log), 2)]


def make(folder):
    folder = pathlib.Path(folder)
    for rows, seed in ((houses, 1), (visits, 2), (claims, 3)):
        with open(folder / f"{rows.__name__}.csv", "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows(random.Random(seed)))


if __name__ == "__main__":
    make(sys.argv[1])
