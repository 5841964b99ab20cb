"""The noise of many blocks of iterations at once, to the last bit that of ``noise``, without the interpreter's lock.

NumPy's own generator would have to be set to each block's key by Python, and lets go of the lock each time, which the
window is in no hurry to return. Philox 4x64 with ten rounds: J. Salmon et al., "Parallel random numbers: as easy as 1,
2, 3", SC11; normals by G. Marsaglia and W. Tsang, "The ziggurat method", J. Stat. Software 5 (2000), as NumPy has it,
whose tables Numba brings along.
"""

from math import exp, log1p
from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic
from numba.np.random._constants import fi_double, ki_double, wi_double, ziggurat_nor_inv_r, ziggurat_nor_r

MULTIPLIERS = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
KEY_STEPS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
ROUNDS = 10
WORDS = 4  # for each count
DRAWN = 128  # words at a time
ONE, EIGHT, NINE, ELEVEN = (np.uint64(value) for value in (1, 8, 9, 11))  # Numba makes floats of uint64 and int
LAYER, ABOVE, SIGN = np.uint64(0xFF), np.uint64(2**52 - 1), np.uint64(0x100)


@intrinsic
def _high_word(typingctx: Any, one: Any, other: Any) -> Any:
    """The upper 64 bits of a product of two words."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        twice = ir.IntType(128)
        product = builder.mul(builder.zext(args[0], twice), builder.zext(args[1], twice))
        return builder.trunc(builder.lshr(product, ir.Constant(twice, 64)), ir.IntType(64))

    return types.uint64(types.uint64, types.uint64), codegen


@njit(nogil=True)
def _draw(words: Any, seed: Any, stream: Any, counted: int) -> None:
    """Fill the words with those that belong to the counts after this one, of a key (seed, stream)."""
    for group in range(len(words) // WORDS):
        a, b, c, d = np.uint64(counted + group + 1), np.uint64(0), np.uint64(0), np.uint64(0)
        first, second = seed, stream
        for _ in range(ROUNDS):
            low, high = MULTIPLIERS[0] * a, _high_word(MULTIPLIERS[0], a)
            other_low, other_high = MULTIPLIERS[1] * c, _high_word(MULTIPLIERS[1], c)
            a, b, c, d = other_high ^ b ^ first, other_low, high ^ d ^ second, low
            first, second = first + KEY_STEPS[0], second + KEY_STEPS[1]
        place = WORDS * group
        words[place], words[place + 1], words[place + 2], words[place + 3] = a, b, c, d


@njit(nogil=True)
def _next_share(words: Any, key: Any, place: Any) -> float:
    """The next number from 0 up to, but not including, 1; place is how many words were taken, and the last count."""
    if place[0] == len(words):
        _draw(words, key[0], key[1], place[1])
        place[0], place[1] = 0, place[1] + len(words) // WORDS
    place[0] += 1
    share: float = float(words[place[0] - 1] >> ELEVEN) * 2.0**-53
    return share


@njit(nogil=True)
def _of_tail(words: Any, key: Any, place: Any) -> Any:
    """How far beyond the ziggurat's last layer a number lies."""
    while True:
        beyond = -ziggurat_nor_inv_r * log1p(-_next_share(words, key, place))
        bound = -log1p(-_next_share(words, key, place))
        if bound + bound > beyond * beyond:
            return beyond


@njit(nogil=True)
def _fill_normals(normals: Any, words: Any, key: Any, place: Any) -> None:
    """N(0, 1) numbers from the beginning of a key on: nearly every word holds one within its layer of the ziggurat."""
    taken = len(words)
    place[1] = 0
    number = 0
    while number < len(normals):
        if taken == len(words):
            _draw(words, key[0], key[1], place[1])
            taken, place[1] = 0, place[1] + len(words) // WORDS
        word = words[taken]
        taken += 1
        layer, distance = word & LAYER, (word >> NINE) & ABOVE
        x = float(distance) * wi_double[layer]
        if word & SIGN:
            x = -x
        if distance >= ki_double[layer]:
            place[0] = taken
            if layer == 0:
                beyond = ziggurat_nor_r + _of_tail(words, key, place)
                x = -beyond if (distance >> EIGHT) & ONE else beyond
                taken = place[0]
            else:
                height = fi_double[layer - ONE] - fi_double[layer]
                is_below = height * _next_share(words, key, place) + fi_double[layer] < exp(-0.5 * x * x)
                taken = place[0]
                if not is_below:
                    continue
        normals[number] = x
        number += 1


@njit(nogil=True)
def fill_factors(factors: Any, plain: Any, noise: float, seed: Any, first_stream: Any, rows: int, room: Any) -> None:
    """Factors of iterations, one a row, that of each Jacobian times 1 + noise · N(0, 1); a stream for ``rows``.

    Room is for ``DRAWN`` words, for two counts, and for ``rows`` times the width of noise.
    """
    width = len(plain)
    words, place, normals = room
    for start in range(0, len(factors), rows):
        if noise != 0.0:
            _fill_normals(normals, words, (seed, first_stream + np.uint64(start // rows)), place)
        for row in range(rows):
            for column in range(width):
                factors[start + row, column] = plain[column] * (1.0 + noise * normals[row * width + column])
