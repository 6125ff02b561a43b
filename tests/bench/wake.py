"""Fits the score of the wake phrase and says what it is worth. Called by wake.sh; needs python3-numpy.

usage: wake.py FIT THRESHOLD LEAD_S HEARD...    HEARD: <condition>.<phrase>.<pos|neg>, what `shopkeeper --json wake --all`
       printed; beside each a list HEARD.list, "SECONDS NAME" of every recording that was listened to. The condition "fit" is
       for fitting only, the condition 10dB for reporting only; in both the phrase comes after LEAD_S
Halves by the first hex digit of the MD5 of a recording's name: below 8 to fit on, the rest to report. Besides, for each
phrase, with weights that were fitted on the other phrases only, all recordings.
"""
import hashlib
import json
import sys

import numpy as np

NAMES = ("sound", "fit", "worst", "pace", "short")
RIDGE = 1e-2


def to_fit(name):
    return int(hashlib.md5(name.encode()).hexdigest()[0], 16) < 8


def group(name):
    return "AN4" if name.startswith(("an", "cen")) else "other speech" if name.startswith(("precise", "word")) else "other phrases"


def read(path, from_ms):
    """(name, seconds, the evidence and score of each candidate) of each recording."""
    found = {}
    for line in open(path):
        heard = json.loads(line)
        if heard["at_ms"] < from_ms:
            continue
        name = heard["file"].split("/")[-1].rsplit(".", 1)[0]
        found.setdefault(name, []).append([heard["evidence"][n] for n in NAMES] + [heard["score"]])
    rows = []
    for line in open(path + ".list"):
        seconds, name = line.split()
        rows.append((name, float(seconds), np.array(found.get(name, [])).reshape(-1, len(NAMES) + 1)))
    return rows


def logistic(x, y, weight):
    """Newton's method; the last weight is the bias."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    x = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    w = np.zeros(x.shape[1])
    ridge = RIDGE * np.diag([1.0] * (len(w) - 1) + [0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        grad = x.T @ (weight * (p - y)) / weight.sum() + ridge @ w
        w -= np.linalg.solve((x.T * (weight * p * (1 - p))) @ x / weight.sum() + ridge, grad)
    w[:-1] /= scale
    w[-1] -= w[:-1] @ mean
    return w


def fit(data, phrases, half_only):
    x, y = [], []
    for (condition, phrase, kind), rows in data.items():
        for name, _, candidates in rows:
            if phrase in phrases and condition != "10dB" and len(candidates) and (not half_only or to_fit(name)):
                best = candidates[candidates[:, -1].argmax()][None] if kind == "pos" else candidates
                x += list(best[:, :-1])
                y += [float(kind == "pos")] * len(best)
    x, y = np.array(x), np.array(y)
    return logistic(x, y, np.where(y > 0, 0.5 / y.mean(), 0.5 / (1 - y.mean())))


def best(candidates, w):
    if not len(candidates):
        return -1e9
    return (candidates[:, -1] if w is None else candidates[:, :-1] @ w[:-1] + w[-1]).max()


def figures(data, condition, phrase, w, keep):
    """Best score of each recording of the phrase, scores of alarms by kind of speech, hours."""
    said = [best(c, w) for n, _, c in data[condition, phrase, "pos"] if keep(n)]
    alarms, hours = {}, {}
    for name, seconds, candidates in data[condition, phrase, "neg"]:
        if keep(name):
            g = group(name)
            hours[g] = hours.get(g, 0) + seconds / 3600
            alarms.setdefault(g, []).extend([best(candidates[i : i + 1], w) for i in range(len(candidates))])
    return np.array(said), alarms, hours


def missed(said, alarms, hours, per_hour):
    alarms = np.sort(np.array(alarms))[::-1]
    k = int(per_hour * hours)
    return 100 * np.mean(said <= (alarms[k] if k < len(alarms) else -1e8))


def main():
    threshold, do_fit = float(sys.argv[2]), sys.argv[1] == "1"
    data = {}
    for path in sys.argv[4:]:
        condition, phrase, kind = path.split("/")[-1].split(".")
        lead = kind == "pos" and condition != "clean"
        data[condition, phrase, kind] = read(path, 1000 * float(sys.argv[3]) if lead else 0)
    conditions = [c for c in dict.fromkeys(k[0] for k in data) if c != "fit"]
    phrases = list(dict.fromkeys(k[1] for k in data))
    w = None
    if do_fit:
        w = fit(data, phrases, True)
        print("  " + ", ".join(f"{n} = {v:.2f}" for n, v in zip(NAMES + ("bias",), w)))
    for condition in conditions:
        halves, apart = [], []
        for phrase in phrases:
            said, alarms, hours = figures(data, condition, phrase, w, lambda n: not to_fit(n))
            every, all_hours = sum(alarms.values(), []), sum(hours.values())
            halves.append(missed(said, every, all_hours, 1))
            other = fit(data, [p for p in phrases if p != phrase], False)
            said_all, alarms_all, hours_all = figures(data, condition, phrase, other, lambda n: True)
            apart.append(missed(said_all, sum(alarms_all.values(), []), sum(hours_all.values()), 1))
            at = ", ".join(f"{g} {sum(np.array(a) >= threshold)} in {hours[g]:.2f} h" for g, a in alarms.items())
            print(f"  {condition}, {phrase}: held-out half, {len(said)} people, {all_hours:.2f} h of other speech: missed {halves[-1]:.1f} % "
                  f"at 1 an hour, {missed(said, every, all_hours, 5):.1f} % at 5; no candidate {100 * np.mean(said < -1e8):.1f} %; at the threshold {threshold:g} missed "
                  f"{100 * np.mean(said < threshold):.1f} %, alarms: {at}; weights of the other phrases, all {len(said_all)} people: {apart[-1]:.1f} %")
        print(f"  {condition}, mean of the phrases: missed at 1 an hour {np.mean(halves):.1f} %; with weights of the other phrases {np.mean(apart):.1f} %")


if __name__ == "__main__":
    main()
