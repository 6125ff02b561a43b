"""The log mel spectrum that the recogniser sees: what sphinxbase's front end computes with the model's feat.params."""
import numpy as np
import torch
from scipy import fft

RATE_HZ, HOP, WINDOW, FFT, BANDS, LOW_HZ, HIGH_HZ, EMPHASIS = 16000, 160, 410, 512, 25, 130.0, 6800.0, 0.97


def mel_filters():
    """FFT // 2 + 1 by BANDS: triangles of unit area whose corners lie on bins of the transform."""
    mel = lambda hz: 2595 * np.log10(1 + hz / 700)
    corners = 700 * (10 ** (np.linspace(mel(LOW_HZ), mel(HIGH_HZ), BANDS + 2) / 2595) - 1)
    corners = np.floor(corners / (RATE_HZ / FFT) + 0.5) * (RATE_HZ / FFT)
    hz = np.arange(FFT // 2 + 1) * (RATE_HZ / FFT)
    filters = np.zeros((FFT // 2 + 1, BANDS), np.float32)
    for i in range(BANDS):
        low, centre, high = corners[i:i + 3]
        slopes = np.minimum((hz - low) / (centre - low), (high - hz) / (high - centre))
        filters[:, i] = np.maximum(slopes, 0) * 2 / (high - low)
    return torch.from_numpy(filters)


FILTERS = mel_filters()
HAMMING = torch.hamming_window(WINDOW, periodic=False)


def spectrum(samples):
    """[batch, n] samples in units of 16 bits to [batch, frames, FFT // 2 + 1]."""
    emphasised = torch.cat([samples[:, :1], samples[:, 1:] - EMPHASIS * samples[:, :-1]], 1)
    frames = emphasised.unfold(1, WINDOW, HOP) * HAMMING
    return torch.from_numpy(fft.rfft(frames.numpy(), FFT))  # several times faster than PyTorch's own


def mel_power(spectra):
    """[batch, frames, BANDS]"""
    return (spectra.real.square() + spectra.imag.square()) @ FILTERS


def log_mel(power):
    """Natural logarithms; below one unit is silence."""
    return power.clamp(min=1.0).log()
