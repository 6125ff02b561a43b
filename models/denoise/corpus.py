"""The sound that the network is trained with, as one folder of arrays.

    python3 corpus.py DATA OUT [ORDERS]

Speech: people (AN4 but for the utterances of digits alone, which a benchmark reports; the prompts of Asterisk, in
four languages), and synthetic voices (eSpeak NG's variants and two of flite's; none that a benchmark speaks with)
reading typed requests. Noise: Kitchen20, of which three kinds and the eighth clip of every kind are kept apart to watch
the training with. The kitchen of the benchmarks is another recording and not among it, nor are the wake words and the
speech that is to be refused. ORDERS is a table (file, words) of the cafe's orders that may be learned from: those of
the tuning half of split.py.
Needs the Debian packages python3-numpy python3-scipy python3-soundfile python3-pocketsphinx pocketsphinx-en-us
ffmpeg flite espeak-ng and the four asterisk-core-sounds-*-g722. Takes half an hour of one core.
"""
import csv
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import numpy as np
import soundfile
from scipy.io import wavfile
from scipy.signal import resample_poly

from align import UNKNOWN, Aligner
from spectrum import HOP, RATE_HZ

APART = ("dishwasher", "plates", "juicer")  # kinds of noise that the training never hears
VOICES = (["flite:awb", "flite:kal16"] * 4 +
          [f"espeak:{accent}+{variant}" for accent in ("en-us", "en-gb", "en-gb-scotland", "en-029", "en-gb-x-rp")
           for variant in ("f2", "f3", "f4", "f5", "m1", "m3", "m7", "m8")])
SENTENCES = 3000
DIGITS = re.compile(r"(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine) ?)+", re.I)
PROMPTS = pathlib.Path("/usr/share/asterisk/sounds")
ENGLISH = "en_US_f_Allison"


def decode(path):
    """A sound file of RATE_HZ as int16 samples."""
    samples, rate_hz = soundfile.read(path, dtype="int16")
    assert rate_hz == RATE_HZ, path
    return samples


def decode_g722(paths):
    """The clips of raw G.722 files; in one stream, since a decoder's start costs more than a clip."""
    stream = b"".join(p.read_bytes() for p in paths)
    run = subprocess.run(["ffmpeg", "-v", "error", "-f", "g722", "-i", "-", "-f", "s16le", "-"],
                         input=stream, capture_output=True, check=True)
    ends = np.cumsum([2 * p.stat().st_size for p in paths])  # two samples a byte
    return np.split(np.frombuffer(run.stdout, "<i2"), ends[:-1])


def decode_said(path):
    """What a voice wrote, at whatever rate it has."""
    rate_hz, samples = wavfile.read(path)
    step = np.gcd(rate_hz, RATE_HZ)
    return resample_poly(samples.astype(np.float32), RATE_HZ // step, rate_hz // step)


def levelled(samples, peak=0.5):
    """Without its mean and at half of full scale; None for what is silent or too short."""
    x = samples.astype(np.float32)
    x -= x.mean()
    if len(x) < RATE_HZ // 4 or np.abs(x).max() < 200:
        return None
    return (x * (peak * 32767 / np.abs(x).max())).astype("<i2")


# Each source gives (samples, words); words are None where nobody wrote them down.

def an4(data):
    with open(data / "an4/transcripts.tsv") as table:
        for name, text in csv.reader(table, delimiter="\t"):
            if not DIGITS.fullmatch(text):
                yield decode(data / "an4" / name), text


def prompts(english):
    paths = sorted(p for p in PROMPTS.rglob("*.g722") if "silence" not in p.parts)
    for samples in decode_g722([p for p in paths if (ENGLISH in p.parts) == english]):
        yield samples, None


def orders(data, table):
    with open(table) as lines:
        for name, text in csv.reader(lines, delimiter="\t"):
            yield decode(data / "coffee" / name), text


def requests(data):
    with open(data / "text/clinc.tsv") as table:
        texts = [word for row in csv.reader(table, delimiter="\t") for word in row if word.count(" ") > 2]
    with open(data / "text/bitext.tsv") as table:
        texts += [word for row in csv.reader(table, delimiter="\t") for word in row if word.count(" ") > 2]
    return [re.sub(r"[^a-z' ]", "", t.lower()) for t in texts[::2]]


def synthetic(data, rng):
    texts = requests(data)
    with tempfile.TemporaryDirectory() as folder:
        out = folder + "/said.wav"
        for i in range(SENTENCES):
            engine, voice = VOICES[i % len(VOICES)].split(":")
            text = rng.choice(texts)
            if engine == "flite":
                command = ["flite", "-voice", voice, "--setf", f"duration_stretch={rng.uniform(0.8, 1.3):.2f}", "-t",
                           text, "-o", out]
            else:
                command = ["espeak-ng", "-v", voice, "-s", str(rng.randint(120, 190)), "-p", str(rng.randint(20, 80)),
                           "-w", out, "--", text]
            subprocess.run(command, check=True, capture_output=True)
            yield decode_said(out), text


def write(out, name, clips, aligner=None, dictate=False):
    """NAME.npy: all samples one after the other; NAME.ends.npy: where each clip ends; with an aligner NAME.labels.npy:
    len // HOP + 1 labels a clip."""
    kept, labels, told = [], [], 0
    for samples, text in clips:
        samples = levelled(samples)
        if samples is None:
            continue
        kept.append(samples)
        if not aligner:
            continue
        if dictate and RATE_HZ < len(samples) < 12 * RATE_HZ:
            text = aligner.dictate(samples)
        label = aligner.labels(samples, text) if text else None
        told += label is not None
        labels.append(np.full(len(samples) // HOP + 1, UNKNOWN, np.uint8) if label is None else label)
    np.save(out / f"{name}.npy", np.concatenate(kept))
    np.save(out / f"{name}.ends.npy", np.cumsum([len(c) for c in kept]))
    if aligner:
        np.save(out / f"{name}.labels.npy", np.concatenate(labels))
    print(f"{name}: {len(kept)} clips, {sum(map(len, kept)) / RATE_HZ / 60:.1f} minutes, {told} with phones", flush=True)


def main():
    data, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    noises = {"noise": [], "noise.apart": []}
    for path in sorted((data / "noise/kitchen20").glob("*.flac")):
        kind, number = path.stem.rsplit("-", 1)
        noises["noise.apart" if kind in APART or number == "08" else "noise"].append(path)
    for name, paths in noises.items():
        write(out, name, ((decode(p), None) for p in paths))
    write(out, "rooms", ((decode(p), None) for p in sorted((data / "rir").glob("*.flac"))))
    aligner = Aligner()
    if len(sys.argv) > 3:
        write(out, "orders", orders(data, sys.argv[3]), aligner)
    write(out, "foreign", prompts(english=False))
    write(out, "an4", an4(data), aligner)
    write(out, "synthetic", synthetic(data, random.Random(1)), aligner)
    write(out, "prompts", prompts(english=True), aligner, dictate=True)


if __name__ == "__main__":
    main()
