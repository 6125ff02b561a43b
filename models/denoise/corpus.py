"""The sound that the network is trained with, as one folder of arrays.

    python3 corpus.py DATA OUT

Speech: people (AN4 but for the utterances of digits alone, which a benchmark reports; the prompts of Asterisk, in
four languages), and synthetic voices (flite, eSpeak NG) reading typed requests. None of it is an order, a wake word or
a refused word of the benchmarks. Noise: Kitchen20, of which three kinds and the eighth clip of every kind are kept apart
to watch the training with. The kitchen of the benchmarks is another recording and not among it.
Needs the Debian packages python3-numpy python3-scipy python3-soundfile ffmpeg flite espeak-ng and the four asterisk-core-sounds-*-g722.
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

RATE_HZ = 16000
APART = ("dishwasher", "plates", "juicer")  # kinds of noise that the training never hears
VOICES = ["flite:slt", "flite:rms", "flite:awb", "flite:kal16", "espeak:en-us", "espeak:en-gb", "espeak:en-us+f3",
          "espeak:en-us+m7", "espeak:en-gb-scotland+f2", "espeak:en-us+m3"]
SENTENCES = 900
DIGITS = re.compile(r"(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine) ?)+", re.I)


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


def people(data):
    with open(data / "an4/transcripts.tsv") as table:
        for name, text in csv.reader(table, delimiter="\t"):
            if not DIGITS.fullmatch(text):
                yield decode(data / "an4" / name)
    prompts = sorted(pathlib.Path("/usr/share/asterisk/sounds").rglob("*.g722"))
    yield from decode_g722([p for p in prompts if "silence" not in p.parts])


def synthetic(data, rng):
    with open(data / "text/clinc.tsv") as table:
        texts = [word for row in csv.reader(table, delimiter="\t") for word in row if word.count(" ") > 2]
    with tempfile.TemporaryDirectory() as folder:
        out = folder + "/said.wav"
        for i in range(SENTENCES):
            engine, voice = VOICES[i % len(VOICES)].split(":")
            text = rng.choice(texts)
            if engine == "flite":
                subprocess.run(["flite", "-voice", voice, "-t", text, "-o", out], check=True)
            else:
                subprocess.run(["espeak-ng", "-v", voice, "-s", str(rng.randint(130, 190)), "-w", out, "--", text],
                               check=True)
            yield decode_said(out)


def write(out, name, clips):
    """NAME.npy: all samples one after the other; NAME.ends.npy: where each clip ends."""
    clips = [c for c in map(levelled, clips) if c is not None]
    np.save(out / f"{name}.npy", np.concatenate(clips))
    np.save(out / f"{name}.ends.npy", np.cumsum([len(c) for c in clips]))
    print(f"{name}: {len(clips)} clips, {sum(map(len, clips)) / RATE_HZ / 60:.1f} minutes", flush=True)


def main():
    data, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    noises = {"noise": [], "noise.apart": []}
    for path in sorted((data / "noise/kitchen20").glob("*.flac")):
        kind, number = path.stem.rsplit("-", 1)
        noises["noise.apart" if kind in APART or number == "08" else "noise"].append(path)
    for name, paths in noises.items():
        write(out, name, map(decode, paths))
    rooms = [decode(p) for p in sorted((data / "rir").glob("*.flac"))]
    write(out, "rooms", rooms)
    write(out, "people", people(data))
    write(out, "synthetic", synthetic(data, random.Random(1)))


if __name__ == "__main__":
    main()
