"""Fits the score of the wake phrase and says what it is worth. Called by wake.sh; needs python3-numpy.

usage: wake.py FIT HEARING_INI LEAD_S HEARD...    HEARD: <condition>.<half>.<phrase>.<pos|neg>, what `shopkeeper --json wake
       --all` printed; beside each a list HEARD.list, "SECONDS NAME" of every recording that was listened to. But for the condition
       "clean" the phrase comes after LEAD_S
With FIT=1 weights and threshold are chosen anew on the half "fit", all phrases and conditions together: the threshold is
the lowest with one alarm an hour there. The half "heldout" is reported. There the alarms of an hour are few: so misses are
printed at that threshold, with the alarms that it gave, and at the one that would have given one alarm an hour.
"""
import json
import os
import sys

import numpy as np

NAMES = ("sound", "fit", "worst", "pace", "short")
SOFT = 0.2  # of the spread of the scores of other places
OFTEN = 60  # an hour
NONE = -1e9


def tuned(path):
    """Weights with the bias last, and the threshold."""
    section, values = "", {}
    for line in open(path):
        if line.startswith("["):
            section = line.strip()
        elif section == "[wake]" and "=" in line and not line.startswith(";"):
            key, value = line.split("=")
            values[key.strip()] = float(value)
    return np.array([values[n] for n in NAMES + ("bias",)]), values["threshold"]


def read(path, from_ms):
    """(name, seconds, the evidence at each place) of each recording."""
    found = {}
    for line in open(path):
        heard = json.loads(line)
        if heard["at_ms"] < from_ms:
            continue
        name = heard["file"].split("/")[-1].rsplit(".", 1)[0]
        found.setdefault(name, []).append([heard["evidence"][n] for n in NAMES])
    rows = []
    for line in open(path + ".list"):
        seconds, name = line.split()
        rows.append((name, float(seconds), np.array(found.get(name, [])).reshape(-1, len(NAMES))))
    return rows


def scores(places, w):
    return places @ w[:-1] + w[-1]


def best(places, w):
    return scores(places, w).max() if len(places) else NONE


def places_of(data, phrases):
    """Of the half to fit on: the evidence at each place of the recordings of the phrases and which of them it is of, whether
    each of those is in noise, the evidence at all other places, and the hours of those recordings."""
    places, owner, noisy, others, hours = [], [], [], [], 0
    for (condition, half, phrase, kind), rows in data.items():
        if half != "fit" or phrase not in phrases:
            continue
        for _, seconds, found in rows:
            if kind == "neg":
                others.append(found)
                hours += seconds / 3600
                continue
            places.append(found)
            owner += [len(noisy)] * len(found)
            noisy.append(condition != "clean")
    return np.vstack(places), np.array(owner), np.array(noisy), np.vstack(others), hours


def fit(data, phrases, before):
    """Looks for the weights, from those before, by which the fewest are missed at one alarm an hour, in quiet and in noise alike: a
    logistic regression serves the many places that are clear anyway and misses half as many again. What is missed counts
    smoothly, by how far below the threshold it is, and the threshold is the mean of the scores around it: the few alarms
    decide too much otherwise. The score then gets the measure that it had, by what is exceeded once an hour and OFTEN: a
    threshold that a household has chosen keeps its meaning."""
    places, owner, noisy, others, hours = places_of(data, phrases)
    k, chance = int(hours), np.random.default_rng(1)

    def said(w):
        best = np.full(len(noisy), NONE)
        np.maximum.at(best, owner, places @ w)
        return best

    def missed(w):
        alarms = np.sort(others @ w)[::-1]
        threshold = alarms[max(0, k - 3):k + 4].mean()
        soft = 1 / (1 + np.exp(-np.clip((threshold - said(w)) / (SOFT * others.std(0) @ np.abs(w)), -30, 30)))
        return (soft[noisy].mean() + soft[~noisy].mean()) / 2

    w = before[:-1]
    least, step, scale = missed(w), 0.3, 1 / others.std(0)
    for _ in range(4000):
        other = w + step * scale * chance.normal(size=len(w)) * (chance.random(len(w)) < 0.4)
        now = missed(other)
        if now < least:
            w, least, step = other, now, min(1.5 * step, 1)
        else:
            step = max(0.985 * step, 0.01)
    was, now = (np.sort(others @ v)[::-1] for v in (before[:-1], w))
    often = int(OFTEN * hours)
    slope = (was[k] - was[often]) / (now[k] - now[often])
    return np.append(slope * w, before[-1] + was[k] - slope * now[k])


def alarms_of(data, half, condition=None, phrase=None):
    """Evidence of all places without the phrase, and hours."""
    rows = [r for (c, h, p, k), v in data.items() if (h, k) == (half, "neg") and condition in (None, c) and phrase in (None, p) for r in v]
    return np.vstack([r[2] for r in rows]), sum(r[1] for r in rows) / 3600


def one_an_hour(alarms, hours):
    """The lowest threshold, in hundredths, with so many alarms."""
    high = np.sort(alarms)[::-1]
    k = int(hours)
    return np.floor(100 * high[k] + 1) / 100 if k < len(high) else NONE / 2


def report(data, condition, phrases, w, threshold, others):
    missed, own, apart, found, heard = [], [], [], 0, 0
    together, hours = alarms_of(data, "heldout", condition)
    own_threshold = one_an_hour(scores(together, w), hours)
    for phrase in phrases:
        places = [r[2] for r in data[condition, "heldout", phrase, "pos"]]
        said = np.array([best(p, w) for p in places])
        missed.append(100 * np.mean(said < threshold))
        own.append(100 * np.mean(said < own_threshold))
        at = []
        for name, seconds, alarms in data[condition, "heldout", phrase, "neg"]:
            n = int((scores(alarms, w) >= threshold).sum())
            found, heard = found + n, heard + seconds / 3600
            at.append(f"{name} {n} in {seconds / 3600:.2f} h")
        if others:
            by, by_threshold = others[phrase]
            apart.append(100 * np.mean(np.array([best(p, by) for p in places]) < by_threshold))
        print(f"  {condition}, {phrase}: {len(said)} people, missed {missed[-1]:.1f} %, at one an hour here {own[-1]:.1f} %, never looked at "
              f"{100 * np.mean(said <= NONE):.1f} %; alarms in {', '.join(at)}")
    print(f"  {condition}, mean of the phrases: missed {np.mean(missed):.1f} %, with {found} alarms in {heard:.2f} h ({found / heard:.2f} an hour); "
          f"at one an hour here ({own_threshold:.2f}) missed {np.mean(own):.1f} %" + (f"; weights and threshold from the other phrases: missed {np.mean(apart):.1f} %" if others else ""))


def main():
    data, others = {}, {}
    for path in sys.argv[4:]:
        condition, half, phrase, kind = os.path.basename(path).split(".")
        lead = kind == "pos" and condition != "clean"
        data[condition, half, phrase, kind] = read(path, 1000 * float(sys.argv[3]) if lead else 0)
    phrases = list(dict.fromkeys(k[2] for k in data))
    w, threshold = tuned(sys.argv[2])

    def chosen(on):
        new = fit(data, on, w).round(2)
        places = [alarms_of(data, "fit", phrase=p) for p in on]
        return new, one_an_hour(np.concatenate([scores(a, new) for a, _ in places]), sum(h for _, h in places))

    if sys.argv[1] == "1":
        others = {p: chosen([q for q in phrases if q != p]) for p in phrases}
        w, threshold = chosen(phrases)
        print("  " + ", ".join(f"{n} = {v:.2f}" for n, v in zip(NAMES + ("bias",), w)) + f", threshold = {threshold:.2f}: one alarm an hour in "
              f"{alarms_of(data, 'fit')[1]:.2f} h of the half to fit on")
    print(f"  held-out half, all phrases at the threshold {threshold:.2f}")
    for condition in dict.fromkeys(k[0] for k in data if k[1] == "heldout"):
        report(data, condition, phrases, w, threshold, others)


if __name__ == "__main__":
    main()
