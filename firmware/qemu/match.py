"""How much of a recording is the expected sound? match.py RECORDED.wav EXPECTED.wav: correlation of loudness over time, and where.

Loudness (dB) every 10 ms; the best Pearson correlation over all places. The same words by the same voice give nearly 1, others about 0.5.
"""
import math, struct, sys, wave


def loudness(path):
    with wave.open(path) as w:
        assert w.getsampwidth() == 2 and w.getnchannels() == 1, path
        rate, n = w.getframerate(), w.getnframes()
        samples = struct.unpack("<%dh" % n, w.readframes(n))
    step = rate // 100
    return [10 * math.log10(100 + sum(s * s for s in samples[i:i + step]) / step) for i in range(0, n - step, step)]


def correlation(a, b):
    n = len(a)
    ma, mb = sum(a) / n, sum(b) / n
    va, vb = sum((x - ma) ** 2 for x in a), sum((y - mb) ** 2 for y in b)
    return sum((x - ma) * (y - mb) for x, y in zip(a, b)) / math.sqrt(va * vb) if va and vb else 0


recorded, expected = loudness(sys.argv[1]), loudness(sys.argv[2])
places = range(0, max(1, len(recorded) - len(expected)))
best, at = max((correlation(recorded[i:i + len(expected)], expected), i) for i in places)
print("%.3f %.2f" % (best, at / 100))
