"""The network: log mel spectrum of what the microphone heard to a gain for every band and how likely it is speech.

One dense layer, two gated recurrent units, one dense layer; it sees LOOK_AHEAD frames more than it answers for.
src/hear/denoise.c runs it."""
import struct

import numpy as np
import torch
from torch import nn

from spectrum import BANDS

DENSE, HIDDEN, LOOK_AHEAD = 48, 80, 2
LOWEST_GAIN = 0.02  # of power: a fiftieth of the noise is always left in
MEAN, SCALE = 8.0, 0.25  # what a logarithm of power is brought to the order of one with


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.enter = nn.Linear(BANDS, DENSE)
        self.first = nn.GRU(DENSE, HIDDEN, batch_first=True)
        self.second = nn.GRU(HIDDEN, HIDDEN, batch_first=True)
        self.leave = nn.Linear(2 * HIDDEN, BANDS + 1)

    def forward(self, noisy):
        """[batch, frames, BANDS] to the log gains of frames 0 .. frames - LOOK_AHEAD - 1 and the logit of speech."""
        x = torch.relu(self.enter((noisy - MEAN) * SCALE))
        first, _ = self.first(x)
        second, _ = self.second(first)
        out = self.leave(torch.cat([first, second], 2))[:, LOOK_AHEAD:]
        gain = LOWEST_GAIN + (1 - LOWEST_GAIN) * torch.sigmoid(out[..., :BANDS])
        return gain.log(), out[..., BANDS]


def save(network, path):
    """Little endian: "SKDN", version, BANDS, DENSE, HIDDEN, LOOK_AHEAD as u32, then every matrix and bias as float32,
    row by row, in the order of Network; the gates of a unit in PyTorch's order (reset, update, new)."""
    with open(path, "wb") as file:
        file.write(struct.pack("<4s5I", b"SKDN", 1, BANDS, DENSE, HIDDEN, LOOK_AHEAD))
        for values in network.state_dict().values():
            file.write(values.numpy().astype("<f4").tobytes())
