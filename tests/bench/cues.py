"""Fits what words speak for (src/understand/cues.h) and says what it is worth. Called by cues.sh; needs python3-numpy.

usage: cues.py FIGURES|FIT <LINES    LINES: what `bench_understand FOLDER --tuning --all` and `--sample N` print
FIGURES: of each fifth of the lines by a model of the other four. FIT: the model of all of them, as models/<locale>/cues.txt.
"""
import re
import sys

import numpy as np

EPOCHS, STEP, RIDGE = 12, 0.3, 1e-3
SEEN = 2      # a feature of fewer lines is left out
NOTHING = 0.2 # a smaller weight is left out
UNLIKELY = (0.001, 0.003, 0.01, 0.03)
LIKELY = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3)


def features(text):
    words = ["<n>" if re.fullmatch(r"\d+(\.\d+)?", word) else word for word in text.split()]
    ends = ["<s>", *words, "</s>"]
    return {"<any>", *words, *(a + " " + b for a, b in zip(ends, ends[1:])), *(word[:5] + "*" for word in words if len(word) > 5)}


class Model:
    """Multinomial logistic regression by AdaGrad, one line at a time."""

    def __init__(self, lines, classes):
        counts = {}
        for _, text in lines:
            for feature in features(text):
                counts[feature] = counts.get(feature, 0) + 1
        self.number = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= SEEN))}
        known = [self.known(text) for _, text in lines]
        weights = np.zeros((len(self.number), len(classes)))
        squares = np.full(weights.shape, 1e-3)
        chance = np.random.default_rng(1)
        for _ in range(EPOCHS):
            for i in chance.permutation(len(lines)):
                at = known[i]
                off = softmax(weights[at].sum(0))
                off[classes.index(lines[i][0])] -= 1
                slope = off + RIDGE * weights[at]
                squares[at] += slope * slope
                weights[at] -= STEP * slope / np.sqrt(squares[at])
        weights -= np.median(weights, axis=1, keepdims=True)  # the same for all classes says nothing
        self.weights = np.where(abs(weights) < NOTHING, 0, weights)

    def known(self, text):
        return np.array(sorted(self.number[f] for f in features(text) if f in self.number))

    def weigh(self, text):
        return softmax(self.weights[self.known(text)].sum(0))


def softmax(sums):
    e = np.exp(sums - sums.max())
    return e / e.sum()


def figures(lines, classes):
    part = np.random.default_rng(0).permutation(np.arange(len(lines)) % 5)
    p = np.zeros((len(lines), len(classes)))
    for k in range(5):
        model = Model([line for line, at in zip(lines, part) if at != k], classes)
        for i in np.flatnonzero(part == k):
            p[i] = model.weigh(lines[i][1])
    people = np.array([not name.startswith("?") for name, _ in lines])
    intents = sorted({intent for name in classes[1:] for intent in name.split("|") if name[0] != "?"})
    sums = np.array([p[:, [intent in name.split("|") for name in classes]].sum(1) for intent in intents])
    likeliest = [intents[i] for i in sums.argmax(0)]
    right = np.array([intent in name.split("|") for intent, (name, _) in zip(likeliest, lines)])
    ours = people & np.array([name != "-" for name, _ in lines])
    none = people & ~ours
    for likely in LIKELY:
        taken = sums.max(0) >= likely
        print(f"  words alone, from {likely}: intent right {100 * np.mean((taken & right)[ours]):.1f} %, "
              f"accepted of what is no request {100 * np.mean(taken[none]):.1f} %")
    of = np.array([p[i][[name[1:] in other.strip("?").split("|") for other in classes]].sum() for i, (name, _) in enumerate(lines) if name[0] == "?"])
    for unlikely in UNLIKELY:
        print(f"  the grammar's own sentences below {unlikely}: {100 * np.mean(of < unlikely):.1f} %")


def write(model, classes):
    print("# What words speak for; see src/understand/cues.h. Fitted by tests/bench/cues.py on the even lines of")
    print("# CLINC150 (CC BY 3.0) and Bitext's customer service utterances (CDLA-Sharing-1.0).")
    for name in classes:
        print(f"({name[1:]})" if name[0] == "?" else f"[{name.replace('|', ' ')}]")
    for feature, i in sorted(model.number.items(), key=lambda item: item[1]):
        weights = [f"{k} {round(100 * w)}" for k, w in enumerate(model.weights[i]) if w]
        if weights:
            print(feature + "\t" + " ".join(weights))


def main():
    lines = [tuple(line.rstrip("\n").split("\t")) for line in sys.stdin]
    classes = ["-", *sorted({name for name, _ in lines} - {"-"})]
    if sys.argv[1] == "FIGURES":
        figures(lines, classes)
    else:
        write(Model(lines, classes), classes)


main()
