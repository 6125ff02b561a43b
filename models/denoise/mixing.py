"""What the network learns from: speech in rooms and noise, made anew for every step; step and seed say all."""
import numpy as np
import torch
from scipy import fft

from align import SILENCE, UNKNOWN
from spectrum import FFT, HOP, RATE_HZ, WINDOW, log_mel, mel_power, spectrum

SECONDS = 2.5
SAMPLES = int(SECONDS * RATE_HZ)
FRAMES = (SAMPLES - WINDOW) // HOP + 1
ROOM = 8000  # samples of a room response that are used
LEFT_IN = 0.02  # of the noise's power is wanted in the result: silence is not in the recogniser's training
LOUDNESS_FRAME = 2048  # the ratio of speech and noise is that of their loudest frames of so many samples
SPEECH = {"an4": 0.38, "prompts": 0.14, "orders": 0.12, "foreign": 0.12, "synthetic": 0.24}


class Clips:
    def __init__(self, folder, name):
        self.samples = np.load(folder / f"{name}.npy", mmap_mode="r")
        self.ends = np.load(folder / f"{name}.ends.npy")
        self.starts = np.concatenate([[0], self.ends[:-1]])
        labels = folder / f"{name}.labels.npy"
        self.labels = np.load(labels, mmap_mode="r") if labels.exists() else None
        lengths = (self.ends - self.starts) // HOP + 1
        self.label_starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])

    def pick(self, rng):
        """Samples, and a label for every HOP of them."""
        i = rng.integers(len(self.ends))
        samples = self.samples[self.starts[i]:self.ends[i]].astype(np.float32)
        n = len(samples) // HOP + 1
        if self.labels is None:
            return samples, np.full(n, UNKNOWN, np.uint8)
        return samples, self.labels[self.label_starts[i]:self.label_starts[i] + n]

    def anywhere(self, rng, n):
        start = rng.integers(len(self.samples) - n)
        return self.samples[start:start + n].astype(np.float32)


def stretched(x, factor):
    """Faster and higher, or slower and lower."""
    return np.interp(np.arange(0, len(x) - 1, factor), np.arange(len(x)), x).astype(np.float32)


def loudest(x):
    """Of each row: the root mean square of its loudest frame."""
    return x.unfold(1, LOUDNESS_FRAME, LOUDNESS_FRAME // 2).square().mean(2).amax(1).sqrt().clamp(min=1e-3)


class Mixer:
    def __init__(self, folder, noise):
        self.names = [n for n in SPEECH if (folder / f"{n}.npy").exists()]
        self.speakers = {n: Clips(folder, n) for n in self.names}
        share = np.array([SPEECH[n] for n in self.names])
        self.share = share / share.sum()
        self.noise, self.rooms = Clips(folder, noise), Clips(folder, "rooms")

    def speech(self):
        """Clips with pauses between them, and the label of every frame."""
        rng, out, labels = self.rng, np.zeros(SAMPLES, np.float32), np.full(FRAMES, SILENCE, np.uint8)
        at = int(rng.uniform(0, 0.8) * RATE_HZ)
        while at < SAMPLES - RATE_HZ // 2:
            clip, label = self.speakers[self.names[rng.choice(len(self.names), p=self.share)]].pick(rng)
            factor = rng.uniform(0.86, 1.16) if rng.random() < 0.5 else 1
            if factor != 1:
                clip = stretched(clip, factor)
            start = HOP * (rng.integers(max(1, len(clip) - SAMPLES)) // HOP)
            part = clip[start:start + SAMPLES - at]
            out[at:at + len(part)] = part
            # the middle of a frame of the mix, in frames of the clip as it was
            frames = np.arange(-(-at // HOP), min(FRAMES, (at + len(part) - WINDOW) // HOP + 1))
            if len(frames):
                labels[frames] = label[np.minimum(np.rint((frames * HOP - at + start) * factor / HOP).astype(int),
                                                  len(label) - 1)]
            at += len(part) + int(rng.uniform(0.1, 1.0) * RATE_HZ)
        return out, labels

    def one_noise(self):
        rng, kind = self.rng, self.rng.random()
        if kind < 0.12:
            return rng.standard_normal(SAMPLES, np.float32)
        if kind < 0.17:  # people who talk in the background
            return sum(np.roll(self.speakers["foreign"].anywhere(rng, SAMPLES), i) for i in range(5))
        factor = rng.uniform(0.7, 1.4)
        return stretched(self.noise.anywhere(rng, int(SAMPLES * factor) + 3), factor)[:SAMPLES]

    def background(self):
        x = self.one_noise()
        if self.rng.random() < 0.3:
            y = self.one_noise()
            x = x / (x.std() + 1) + y / (y.std() + 1) * self.rng.uniform(0.2, 1)
        return x / (np.abs(x).max() + 1e-9) * 8000

    def room(self):
        """A room response and its first 50 ms: a measured one, or decaying noise after the direct sound."""
        rng = self.rng
        if rng.random() < 0.3:
            response, _ = self.rooms.pick(rng)
            response = response[np.abs(response).argmax():][:ROOM]
        else:
            n, decay_s = ROOM, rng.uniform(0.1, 0.6)
            response = rng.standard_normal(n) * 10 ** (-3 * np.arange(n) / RATE_HZ / decay_s) * rng.uniform(0.02, 0.3)
            response[0] = 1
        response = (response / np.abs(response[0])).astype(np.float32)
        early = response.copy()
        early[RATE_HZ // 20:] = 0
        return response, early

    def reverberated(self, speech):
        heard, wanted = speech.copy(), speech.copy()
        for i in range(len(speech)):
            if self.rng.random() < 0.3:
                n = SAMPLES + ROOM
                clip, (room, early) = fft.rfft(speech[i], n), self.room()
                heard[i] = fft.irfft(clip * fft.rfft(room, n), n)[:SAMPLES]
                wanted[i] = fft.irfft(clip * fft.rfft(early, n), n)[:SAMPLES]
        return heard, wanted

    def tint(self, n, decibels):
        """Gains over frequency such as microphones and loudspeakers have: [n, 1, FFT // 2 + 1]."""
        knots = torch.from_numpy(self.rng.uniform(-decibels, decibels, (n, 1, 7)).astype(np.float32))
        smooth = torch.nn.functional.interpolate(knots, FFT // 2 + 1, mode="linear", align_corners=True)
        return 10 ** (smooth / 20)

    def batch(self, seed, n):
        """noisy and wanted [n, FRAMES, BANDS] logarithms of power, speech [n, FRAMES] 0 or 1, labels [n, FRAMES]."""
        rng = self.rng = np.random.default_rng(seed)
        clips, labels = zip(*[self.speech() for _ in range(n)])
        heard, wanted = map(torch.from_numpy, self.reverberated(np.stack(clips)))
        noise = torch.from_numpy(np.stack([self.background() for _ in range(n)]).astype(np.float32))
        snr_db = np.where(rng.random(n) < 0.2, rng.uniform(30, 60, n), rng.uniform(-5, 25, n)).astype(np.float32)
        level = torch.from_numpy(10 ** (rng.uniform(-35, 3, n).astype(np.float32) / 20))[:, None]
        scale = loudest(heard)[:, None] / loudest(noise)[:, None] * torch.from_numpy(10 ** (-snr_db / 20))[:, None]
        colour, clean = self.tint(n, 5), spectrum(wanted * level)
        noisy_part = spectrum(noise * level * scale) * self.tint(n, 6)
        noisy = mel_power(spectrum(heard * level) * colour + noisy_part)
        target = mel_power(clean * colour) + LEFT_IN * mel_power(noisy_part)
        loud = mel_power(clean).sum(2)
        speech = (loud > loud.amax(1, keepdim=True) * 10 ** -3.2).float()
        return log_mel(noisy), log_mel(target), speech, torch.from_numpy(np.stack(labels).astype(np.int64))
