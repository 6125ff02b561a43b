"""Trains the network that hears: noise mask, speech, phones.

    python3 train.py CORPUS OUT [STEPS]

The mask's error counts where the recogniser looks: in the cepstra of speech, against those of the clean sound, weighed by how
much they vary, and in their differences from frame to frame. Taking speech away counts more than leaving noise in.
The phones' error is the cross entropy of their parts. OUT/network.bin are the weights, OUT/training.log what was seen on
noise that the training never heard.
Needs the Debian packages python3-torch python3-numpy python3-scipy; one second a step on a core and half of another.
"""
import pathlib
import sys
import time

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from align import STATES, UNKNOWN
from mixing import Mixer
from network import MASK_AHEAD, PHONES_AHEAD, Network, save
from spectrum import BANDS

SEED, BATCH, STEPS, RATE, CEPSTRA = 1, 64, 3000, 4e-3, 13
QUIET_WEIGHT = 0.15  # of frames without speech: most of them never reach the recogniser
HARM = 2.0  # taking a band's speech away counts so much more than leaving noise in it
PHONES_WEIGHT = 0.6
DCT = torch.stack([torch.cos(np.pi * k * (torch.arange(BANDS) + 0.5) / BANDS) * ((1 if k == 0 else 2) / BANDS) ** 0.5
                   for k in range(CEPSTRA)], 1)


class Batches(torch.utils.data.Dataset):
    def __init__(self, corpus, noise, steps):
        self.mixer, self.steps = Mixer(corpus, noise), steps

    def __len__(self):
        return self.steps

    def __getitem__(self, i):
        torch.set_num_threads(1)
        return self.mixer.batch((SEED, i), BATCH)


def spread(batch):
    """How much each cepstrum varies in clean speech."""
    _, wanted, speech, _ = batch
    return (wanted @ DCT)[speech > 0].std(0)


def prior(corpus):
    """Logarithms of how often each part of a phone sounds in the mixes."""
    mixer, counts = Mixer(corpus, "noise"), np.ones(STATES)
    for i in range(5):
        labels = mixer.batch((SEED + 1, i), BATCH)[3].numpy().ravel()
        counts += np.bincount(labels[labels != UNKNOWN], minlength=STATES)
    return np.log(counts / counts.sum())


def errors(network, batch, deviation):
    """The loss, and for the log: cepstral distance of speech to the wanted one, in deviations, before and after; frames
    told to be speech or not, phones' parts right."""
    noisy, wanted, speech, labels = batch
    gain, is_speech, phones = network(noisy)
    labels = labels[:, :-PHONES_AHEAD].reshape(-1)
    phones = phones.reshape(-1, STATES)
    noisy, wanted, speech = (x[:, :-MASK_AHEAD] for x in (noisy, wanted, speech))
    off = noisy + gain - wanted
    cepstra = off @ DCT / deviation
    weight = QUIET_WEIGHT + (1 - QUIET_WEIGHT) * speech
    mean = lambda x, w: (x.mean(2) * w).sum() / w.sum()
    loss = (mean(cepstra.square(), weight) + mean((cepstra[:, 2:] - cepstra[:, :-2]).square(), weight[:, 1:-1]) +
            0.1 * mean(torch.where(off < 0, HARM * off, off).square(), weight) +
            0.1 * binary_cross_entropy_with_logits(is_speech, speech) +
            PHONES_WEIGHT * cross_entropy(phones, labels, ignore_index=UNKNOWN))
    with torch.no_grad():
        after = mean(cepstra.square(), speech).sqrt()
        before = mean(((noisy - wanted) @ DCT / deviation).square(), speech).sqrt()
        told = ((is_speech > 0) == (speech > 0)).float().mean()
        sound = (labels != UNKNOWN) & (labels != STATES - 1)
        right = (phones.argmax(1) // 3 == labels // 3)[sound].float().mean()
    return loss, [x.item() for x in (before, after, told, right)]


def main():
    corpus, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else STEPS
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    network = Network()
    unseen = Mixer(corpus, "noise.apart").batch((SEED + 2, 0), 200)
    deviation, often = spread(unseen), prior(corpus)
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps, pct_start=0.08, final_div_factor=100)
    weights = sum(p.numel() for p in network.parameters())
    start, recent = time.time(), []
    mixes = torch.utils.data.DataLoader(Batches(corpus, "noise", steps), batch_size=None, num_workers=1, prefetch_factor=4)
    with open(out / "training.log", "w") as log:
        print(f"{weights} weights, {steps} steps of {BATCH} clips, seed {SEED}", file=log, flush=True)
        for step, batch in enumerate(mixes, 1):
            loss, _ = errors(network, batch, deviation)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            recent.append(loss.item())
            if step % 100 == 0 or step == steps:
                with torch.no_grad():
                    seen, (before, after, told, right) = errors(network, unseen, deviation)
                print(f"step {step}: loss {np.mean(recent[-100:]):.4f}, unseen noise {seen.item():.4f}, cepstral distance "
                      f"{before:.3f} -> {after:.3f}, speech told {told:.3f}, phones right {right:.3f}, "
                      f"{time.time() - start:.0f} s", file=log, flush=True)
                save(network, often, out / "network.bin")


if __name__ == "__main__":
    main()
