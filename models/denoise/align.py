"""Which phone sounds when, by forced alignment with the recogniser's own acoustic model: the labels that the network's
phone scores are trained with. Needs the Debian packages python3-pocketsphinx pocketsphinx-en-us."""
import re

import numpy as np
import pocketsphinx

from spectrum import HOP, RATE_HZ

MODELS = "/usr/share/pocketsphinx/model/en-us/"
PHONES = ("AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH").split()
STATES = 3 * len(PHONES) + 1  # three parts of each phone, and last silence
SILENCE, UNKNOWN = STATES - 1, 255
LEAD = RATE_HZ // 5  # a little of a quiet room around a clip: digital silence spoils the recogniser's estimates


def dictionary():
    """Words to the lists of their pronunciations."""
    words = {}
    with open(MODELS + "cmudict-en-us.dict") as lines:
        for line in lines:
            name, phones = line.split(None, 1)
            words.setdefault(re.sub(r"\(\d+\)$", "", name), []).append(phones.split())
    return words


class Aligner:
    def __init__(self):
        self.words = dictionary()
        self.noise = np.random.default_rng(1)
        self.decoder = self.open(MODELS + "cmudict-en-us.dict")
        for phone in PHONES:
            self.decoder.add_word("phone_" + phone.lower(), phone, False)
        self.dictation = None

    @staticmethod
    def open(words, lm=None):
        c = pocketsphinx.Decoder.default_config()
        c.set_string("-hmm", MODELS + "en-us")
        c.set_string("-dict", words)
        c.set_string("-logfn", "/dev/null")
        for key in ("-remove_noise", "-remove_silence", "-bestpath"):
            c.set_boolean(key, False)
        if lm:
            c.set_string("-lm", lm)
        else:
            for key, value in (("-beam", 1e-120), ("-wbeam", 1e-100), ("-pbeam", 1e-120)):
                c.set_float(key, value)
        return pocketsphinx.Decoder(c)

    def framed(self, samples):
        quiet = self.noise.integers(-32, 33, len(samples) + 2 * LEAD)
        quiet[LEAD:LEAD + len(samples)] += samples
        return np.clip(quiet, -32768, 32767).astype("<i2").tobytes()

    @staticmethod
    def run(decoder, sound):
        """[(word, first frame, last frame)], empty if the words do not fit the sound."""
        decoder.start_utt()
        decoder.process_raw(sound, False, True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return []
        return [(s.word, s.start_frame, s.end_frame) for s in decoder.seg() if s.word != "(NULL)"]

    def along(self, sound, words):
        self.decoder.set_jsgf_string("words", "#JSGF V1.0;\ngrammar g;\npublic <g> = " + " ".join(words) + ";\n")
        self.decoder.set_search("words")
        return self.run(self.decoder, sound)

    def dictate(self, samples):
        """The words of clear speech, as far as the stock language model knows."""
        if not self.dictation:
            self.dictation = self.open(MODELS + "cmudict-en-us.dict", MODELS + "en-us.lm.bin")
        said = self.run(self.dictation, self.framed(samples))
        return " ".join(re.sub(r"\(\d+\)$", "", w) for w, _, _ in said if w[0] not in "<[(")

    def labels(self, samples, text):
        """One label a frame of HOP samples; None if the text is not what was said, or no word of it is known."""
        words = text.lower().split()
        if not words or any(w not in self.words for w in words):
            return None
        sound = self.framed(samples)
        phones = []
        for name, _, _ in self.along(sound, words):
            variant = re.match(r"(.*)\((\d+)\)$", name)
            if name[0] in "<[":
                continue
            word, i = (variant[1], int(variant[2]) - 1) if variant else (name, 0)
            phones += self.words[word][i]
        if not phones:
            return None
        out = np.full(len(samples) // HOP + 1, SILENCE, np.uint8)
        for name, first, last in self.along(sound, ["phone_" + p.lower() for p in phones]):
            if not name.startswith("phone_"):
                continue
            phone = PHONES.index(re.sub(r"\(\d+\)$", "", name)[6:].upper())
            first -= LEAD // HOP
            last -= LEAD // HOP
            for frame in range(max(first, 0), min(last + 1, len(out))):
                out[frame] = 3 * phone + min(2, (frame - first) * 3 // (last - first + 1))
        return out if (out != SILENCE).any() else None
