"""The network: log mel spectrum of what the microphone heard to a gain for every band, how likely it is speech, and how
likely each part of a phone.

One dense layer, two gated recurrent units, two dense layers; the gains look MASK_AHEAD frames ahead, the phones
PHONES_AHEAD. src/hear/network.c runs it."""
import struct

import numpy as np
import torch
from torch import nn

from align import STATES
from spectrum import BANDS

DENSE, HIDDEN, MASK_AHEAD, PHONES_AHEAD = 64, 128, 2, 4
LOWEST_GAIN = 0.02  # of power: a fiftieth of the noise is always left in
MEAN, SCALE = 8.0, 0.25  # what a logarithm of power is brought to the order of one with


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.enter = nn.Linear(BANDS, DENSE)
        self.first = nn.GRU(DENSE, HIDDEN, batch_first=True)
        self.second = nn.GRU(HIDDEN, HIDDEN, batch_first=True)
        self.mask = nn.Linear(2 * HIDDEN, BANDS + 1)
        self.phones = nn.Linear(2 * HIDDEN, STATES)

    def forward(self, noisy):
        """[batch, frames, BANDS] to the log gains and the logit of speech of frames 0 .. frames - MASK_AHEAD - 1, and
        the logits of the phones' parts of frames 0 .. frames - PHONES_AHEAD - 1."""
        x = torch.relu(self.enter((noisy - MEAN) * SCALE))
        first, _ = self.first(x)
        second, _ = self.second(first)
        both = torch.cat([first, second], 2)
        out = self.mask(both[:, MASK_AHEAD:])
        gain = LOWEST_GAIN + (1 - LOWEST_GAIN) * torch.sigmoid(out[..., :BANDS])
        return gain.log(), out[..., BANDS], self.phones(both[:, PHONES_AHEAD:])


def save(network, prior, path):
    """Little endian. "SKHN", then u32: version, BANDS, DENSE, HIDDEN, STATES, MASK_AHEAD, PHONES_AHEAD; then every
    matrix and vector in the order of Network: a matrix as one float32 scale a row and its int8 values row by row, a
    vector as float32; the gates of a unit in PyTorch's order (reset, update, new). Last the logarithms of how often each
    part of a phone sounds, float32."""
    with open(path, "wb") as file:
        file.write(struct.pack("<4s7I", b"SKHN", 1, BANDS, DENSE, HIDDEN, STATES, MASK_AHEAD, PHONES_AHEAD))
        for values in network.state_dict().values():
            values = values.numpy().astype("<f4")
            if values.ndim == 2:
                scale = np.abs(values).max(1) / 127
                file.write(scale.astype("<f4").tobytes())
                file.write(np.rint(values / scale[:, None]).astype("i1").tobytes())
            else:
                file.write(values.tobytes())
        file.write(prior.astype("<f4").tobytes())
