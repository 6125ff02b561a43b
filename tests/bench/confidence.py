"""Fits the confidence and says how far it can be believed. Called by confidence.sh; needs python3-numpy.

usage: confidence.py DATA PRODUCTS FIT HEARD...    HEARD: what `shopkeeper --json hear` printed, named SHOP.PART
Halves by the first hex digit of the MD5 of a recording's name: below 8 to fit on, the rest to report.
"""
import csv
import hashlib
import json
import sys

import numpy as np

NAMES = ("margin", "worst", "length", "pace", "noise")
SLOTS = {"coffeeDrink": "drink", "numberOfShots": "shots", "milkAmount": "milk", "sugarAmount": "sugar"}
RIDGE = 1e-3


def to_fit(name):
    return int(hashlib.md5(name.encode()).hexdigest()[0], 16) < 8


def right(heard, name, part, labels, texts, products):
    """Whether what was heard is what was said, in the places that count."""
    if part == "said":
        return heard["text"].endswith(products[name.rsplit(".", 1)[0]].lower())
    if part.startswith("negative"):
        return False
    if part == "an4":
        return heard["text"] == texts.get(name + ".flac")
    want = labels[name + ".flac"]
    return all(value in heard["text"] for value in want.values())


def logistic(x, y, weight):
    """Newton's method; the last weight is the bias."""
    x = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        grad = x.T @ (weight * (p - y)) + RIDGE * len(x) * w * (np.arange(len(w)) < len(w) - 1)
        w -= np.linalg.solve((x.T * (weight * p * (1 - p))) @ x + RIDGE * len(x) * np.eye(len(w)), grad)
    return w


def main():
    data, products_file, fit = sys.argv[1], sys.argv[2], sys.argv[3] == "1"
    labels = json.load(open(data + "/coffee/labels.json"))
    texts = {row[0]: row[1] for row in csv.reader(open(data + "/an4/transcripts.tsv"), delimiter="\t")}
    products = dict(line.rstrip("\n").split("\t") for line in open(products_file))
    rows = []
    for path in sys.argv[4:]:
        shop, part = path.split("/")[-1].split(".")
        for line in open(path):
            heard = json.loads(line)
            name = heard["file"].split("/")[-1][:-4]
            if heard["text"]:
                rows.append((shop + "." + part, to_fit(name.split(".")[0]), [heard["evidence"][n] for n in NAMES],
                             right(heard, name, part, labels, texts, products), heard["confidence"]))
    half = np.array([r[1] for r in rows])
    x, y = np.array([r[2] for r in rows]), np.array([r[3] for r in rows], float)
    now = np.array([r[4] for r in rows])
    if fit:
        weight = np.where(y > 0, 0.5 / y[half].mean(), 0.5 / (1 - y[half].mean()))[half]
        w = logistic(x[half], y[half], weight)
        print("  " + ", ".join(f"{n} = {v:.3f}" for n, v in zip(NAMES + ("bias",), w)))
        now = 1 / (1 + np.exp(-np.hstack([x, np.ones((len(x), 1))]) @ w))
    low = np.array([0, 0.25, 0.5, 0.75, 0.9, 0.97])
    for a, b in zip(low, list(low[1:]) + [1.01]):
        here = ~half & (now >= a) & (now < b)
        if here.any():
            print(f"  confidence {a:.2f} to {min(b, 1):.2f}: right {100 * y[here].mean():.1f} % of {here.sum()}")
    for part in sorted({r[0] for r in rows}):
        here = ~half & np.array([r[0] == part for r in rows])
        good, bad = here & (y > 0), here & (y == 0)
        print(f"  {part}: " + ", ".join(f"from {t}: {100 * (now[good] >= t).mean() if good.any() else 0:.0f} % of {good.sum()} "
                                        f"right ones, {100 * (now[bad] >= t).mean() if bad.any() else 0:.1f} % of {bad.sum()} wrong ones"
                                        for t in (0.25, 0.5, 0.75)))


if __name__ == "__main__":
    main()
