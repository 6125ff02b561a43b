"""Trains the noise mask network for recognition.

    python3 train.py CORPUS OUT [STEPS]

The error counts where the recogniser looks: in the cepstra of speech, against those of the clean sound, weighed by how
much they vary, and in their differences from frame to frame. Taking speech away counts more than leaving noise in.
OUT/mask.bin are the weights, OUT/training.log what was seen on noise that the training never heard.
Needs the Debian packages python3-torch python3-numpy; one core, about one second a step and less with more.
"""
import pathlib
import sys
import time

import numpy as np
import torch

from mixing import Mixer
from network import LOOK_AHEAD, Network, save
from spectrum import BANDS

SEED, BATCH, STEPS, RATE, CEPSTRA = 1, 40, 3600, 3e-3, 13
QUIET_WEIGHT = 0.15  # of frames without speech: most of them never reach the recogniser
HARM = 2.0  # taking a band's speech away counts so much more than leaving noise in it
DCT = torch.stack([torch.cos(np.pi * k * (torch.arange(BANDS) + 0.5) / BANDS) * ((1 if k == 0 else 2) / BANDS) ** 0.5
                   for k in range(CEPSTRA)], 1)


def spread(mixer):
    """How much each cepstrum varies in clean speech."""
    _, wanted, speech = mixer.batch(BATCH)
    return (wanted @ DCT)[speech > 0].std(0)


def errors(network, batch, deviation):
    """The loss, and for the log: cepstral distance of speech to the wanted one, in deviations, after and before."""
    noisy, wanted, speech = batch
    gain, is_speech = network(noisy)
    noisy, wanted, speech = (x[:, :-LOOK_AHEAD] for x in (noisy, wanted, speech))
    off = noisy + gain - wanted
    cepstra = off @ DCT / deviation
    weight = QUIET_WEIGHT + (1 - QUIET_WEIGHT) * speech
    mean = lambda x, w: (x.mean(2) * w).sum() / w.sum()
    loss = (mean(cepstra.square(), weight) + mean((cepstra[:, 2:] - cepstra[:, :-2]).square(), weight[:, 1:-1]) +
            0.1 * mean(torch.where(off < 0, HARM * off, off).square(), weight) +
            0.1 * torch.nn.functional.binary_cross_entropy_with_logits(is_speech, speech))
    with torch.no_grad():
        after = mean(cepstra.square(), speech).sqrt()
        before = mean(((noisy - wanted) @ DCT / deviation).square(), speech).sqrt()
        told = ((is_speech > 0) == (speech > 0)).float().mean()
    return loss, (after.item(), before.item(), told.item())


def main():
    corpus, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else STEPS
    torch.manual_seed(SEED)
    network, mixer = Network(), Mixer(corpus, "noise", SEED)
    deviation = spread(Mixer(corpus, "noise", SEED + 1))
    unseen = [Mixer(corpus, "noise.apart", SEED + 2).batch(200)]
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, steps, pct_start=0.05, final_div_factor=100)
    weights = sum(p.numel() for p in network.parameters())
    start, recent = time.time(), []
    with open(out / "training.log", "w") as log:
        print(f"{weights} weights, {steps} steps of {BATCH} clips, seed {SEED}", file=log, flush=True)
        for step in range(1, steps + 1):
            loss, _ = errors(network, mixer.batch(BATCH), deviation)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            recent.append(loss.item())
            if step % 100 == 0 or step == steps:
                with torch.no_grad():
                    seen, (after, before, told) = errors(network, unseen[0], deviation)
                print(f"step {step}: loss {np.mean(recent[-100:]):.4f}, unseen noise {seen.item():.4f}, cepstral distance "
                      f"{before:.3f} -> {after:.3f}, speech told {told:.3f}, {time.time() - start:.0f} s", file=log, flush=True)
                save(network, out / "mask.bin")


if __name__ == "__main__":
    main()
