"""Fits the confidence and says how far it can be believed. Called by confidence.sh; needs python3-numpy.

usage: confidence.py DATA PRODUCTS HEARD...
HEARD: what `shopkeeper --json hear` printed, named WHERE.KIND-HALF-NOISE. Of the half "fit" the weights are made, if it is
there; "report" is what is printed.
"""
import csv
import json
import re
import sys

import numpy as np

NAMES = ("fit", "loosest", "length", "pace", "clear")  # the margin is left out: what it says in noise is the noise
RIDGE = 1e-3
WEIGHTS = {"confirm": 0.2}  # of what was heard there; the rest counts 1: bare answers are not most of what is said
STEPS = (0, 0.25, 0.5, 0.75, 0.9, 0.97)
MARGINS = (0.05, 0.1, 0.15, 0.25, 0.4, 0.5, 0.65)
# what of an order may be said for each slot of labels.json: the words that count, and where one ends within another
SLOTS = {
    "size": r"small|large|medium(?! roast)|(?:eight|twelve|sixteen|twenty) ounce",
    "roast": r"(?:light|medium|dark) roast",
    "numberOfShots": r"(?:single|double|triple) shot",
    "coffeeDrink": r"americano|cappuccino|espresso|latte|iced mocha|mocha|drip coffee|house coffee|iced coffee|coffee",
    "milkAmount": r"(?:(?:a little bit of|a bit of|some|a lot of|lots of) )?(?:(?:(?:skim|whole|soy|almond) )?milk|cream)",
    "sugarAmount": r"(?:(?:a little bit of|a bit of|some|a lot of|lots of) )?(?:brown sugar|sugar|sweetener)",
}


def right_order(text, want):
    found = {slot: re.search(rf"\b({SLOTS[slot]})\b", text) for slot in want}
    return all(found[slot] and found[slot][1] == value for slot, value in want.items())


class Truth:
    def __init__(self, data, products):
        self.labels = json.load(open(data + "/coffee/labels.json"))
        self.texts = {row[0]: row[1] for row in csv.reader(open(data + "/an4/transcripts.tsv"), delimiter="\t")}
        self.products = dict(line.rstrip("\n").split("\t") for line in open(products))

    def right(self, kind, name, text):
        """Whether what was heard is what was said, in the places that count. Other speech and noise never are."""
        if kind == "said":
            return text.endswith(self.products[name.rsplit("-", 1)[0]].lower())
        if kind in ("an4", "answers"):
            return text == self.texts.get(name + ".flac")
        return kind == "coffee" and right_order(text, self.labels[name + ".flac"])

    def in_part(self, kind, name, text):
        """Some of it: neither right nor other speech."""
        return kind in ("an4", "answers") and bool(set(text.split()) & set(self.texts[name + ".flac"].split()))


def logistic(x, y, weight):
    """Newton's method on evidence of one scale; the last weight is the bias."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    w, ridge = np.zeros(z.shape[1]), RIDGE * weight.sum() * np.append(np.ones(x.shape[1]), 0)
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        slope = z.T @ (weight * (p - y)) + ridge * w
        w -= np.linalg.solve((z.T * (weight * p * (1 - p))) @ z + np.diag(ridge), slope)
    w[:-1] /= scale
    w[-1] -= w[:-1] @ mean
    return w


def fit(rows):
    """Weights with which half of what is heard is right."""
    x, y = np.array([r["x"] for r in rows]), np.array([r["right"] for r in rows], float)
    weight = np.array([WEIGHTS.get(r["where"], 1) for r in rows])
    return logistic(x, y, weight * np.where(y > 0, 0.5 / np.mean(weight * y), 0.5 / np.mean(weight * (1 - y))))


def print_calibration(title, rows):
    p, y = np.array([r["p"] for r in rows]), np.array([r["right"] for r in rows])
    for low, high in zip(STEPS, STEPS[1:] + (1.01,)):
        here = (p >= low) & (p < high)
        if here.any():
            print(f"  {title}, confidence {low:.2f} to {min(high, 1):.2f}: right {100 * y[here].mean():.1f} % of {here.sum()}")


def print_margins(part, rows, n):
    """Of all n clips, those without words too."""
    y = np.array([r["right"] for r in rows])
    p = np.array([r["p"] for r in rows])
    print(f"  {part}, {n} clips, {100 * y.sum() / n:.1f} % right; right and accepted, wrong and accepted from a margin of "
          + ", ".join(f"{m}: {100 * (y & (p >= m)).sum() / n:.1f} {100 * (~y & (p >= m)).sum() / n:.1f}" for m in MARGINS))


def main():
    truth, rows, counts = Truth(sys.argv[1], sys.argv[2]), [], {}
    for path in sys.argv[3:]:
        where, part = path.split("/")[-1].split(".")
        kind, half, noise = part.split("-")
        for line in open(path):
            heard = json.loads(line)
            name = heard["file"].split("/")[-1][:-4]
            counts[where, part] = counts.get((where, part), 0) + 1
            if heard["text"]:
                is_right = truth.right(kind, name, heard["text"])
                rows.append({"where": where, "part": part, "kind": kind, "half": half, "p": heard["confidence"],
                             "x": [heard["evidence"][n] for n in NAMES], "right": is_right,
                             "in_part": not is_right and truth.in_part(kind, name, heard["text"])})
    fitted = [r for r in rows if r["half"] == "fit" and not r["in_part"]]
    if fitted:
        w = fit(fitted)
        print("  " + ", ".join(f"{n} = {v:.2f}" for n, v in zip(NAMES + ("bias",), w)))
        for r in rows:
            r["p"] = 1 / (1 + np.exp(-np.append(r["x"], 1) @ w))
    reported = [r for r in rows if r["half"] == "report" and not r["in_part"]]
    print_calibration("all", reported)
    print_calibration("orders", [r for r in reported if r["kind"] == "coffee"])
    for (where, part), n in sorted(counts.items()):
        print_margins(f"{where}, {part.replace('-', ' ')}", [r for r in rows if r["where"] == where and r["part"] == part], n)


if __name__ == "__main__":
    main()
