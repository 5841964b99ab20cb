/* NumPy's N(0, 1) numbers of a key: numpy.random.Generator(numpy.random.Philox(key=(seed, stream))).standard_normal().
 *
 * Random words: Philox 4x64 with ten rounds, which enciphers a counter. J. Salmon, M. Moraes, R. Dror, D. Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3", SC11.
 * N(0, 1) numbers of them: G. Marsaglia, W. Tsang, "The ziggurat method for generating random variables", J. Stat.
 * Software 5 (2000), as in NumPy's random_standard_normal (BSD licence).
 *
 * This file is compiled with -ffp-contract=off: all is as NumPy has it, to the last bit. Beyond the ziggurat's last layer,
 * 3.65, where one number in 4,000 lies, both ask the system's C library for a logarithm: another library may round one in
 * some hundred of these otherwise.
 */
#include "noise.h"

#include <math.h>

#include "ziggurat.h"

enum { WORDS = 64 }; /* drawn at a time */

typedef struct {
    uint64_t seed, stream; /* the key */
    uint64_t counted;      /* counters that were enciphered */
    int taken;             /* words that were taken */
    uint64_t words[WORDS];
} Source;

/* Encipher the next counters, (counted + 1, 0, 0, 0) and so on, into four words each. The processor works at several
 * counters at a time by itself: none waits for another one. */
static void draw(Source *source) {
    for (int start = 0; start < WORDS; start += 4) {
        uint64_t a = ++source->counted, b = 0, c = 0, d = 0, seed = source->seed, stream = source->stream;
        for (int round = 0; round < 10; round++) {
            const unsigned __int128 one = (unsigned __int128)a * 0xD2E7470EE14C6C93;
            const unsigned __int128 other = (unsigned __int128)c * 0xCA5A826395121157;
            a = (uint64_t)(other >> 64) ^ b ^ seed, b = (uint64_t)other;
            c = (uint64_t)(one >> 64) ^ d ^ stream, d = (uint64_t)one;
            seed += 0x9E3779B97F4A7C15, stream += 0xBB67AE8584CAA73B; /* golden ratio, and square root of 3, less 1 */
        }
        uint64_t *words = source->words + start;
        words[0] = a, words[1] = b, words[2] = c, words[3] = d;
    }
    source->taken = 0;
}

/* A number from 0 up to, but not including, 1 */
static double uniform(Source *source) {
    if (source->taken == WORDS) draw(source);
    return (double)(source->words[source->taken++] >> 11) * 0x1p-53;
}

/* How far beyond the last layer a number of the tail lies */
static double beyond(Source *source) {
    for (;;) {
        const double distance = -log1p(-uniform(source)) * (1 / LAST_EDGE);
        const double bound = -log1p(-uniform(source));
        if (bound + bound > distance * distance) return distance;
    }
}

/* Whether a word whose distance is not inside of its layer gives a number. In layer 0, the tail, each does. Elsewhere x
 * lies in a wedge, where the layer is wider than the curve, and counts below the curve: for this inequality, the last
 * bit of the exponential is of no account. */
static __attribute__((noinline)) int is_number(uint64_t word, int layer, double *x, Source *source) {
    if (layer > 0)
        return (HEIGHTS[layer - 1] - HEIGHTS[layer]) * uniform(source) + HEIGHTS[layer] < exp(-0.5 * *x * *x);
    const double distance = LAST_EDGE + beyond(source);
    *x = word >> 17 & 1 ? -distance : distance;
    return 1;
}

void standard_normals(uint64_t seed, uint64_t stream, int64_t count, double *numbers) {
    Source source = {.seed = seed, .stream = stream, .taken = WORDS};
    for (int64_t number = 0; number < count;) {
        if (source.taken == WORDS) draw(&source);
        int taken = source.taken;
        const int64_t wanted = taken + count - number;
        const int end = wanted < WORDS ? (int)wanted : WORDS;
        while (taken < end) {
            const uint64_t word = source.words[taken++]; /* from below: 8 bits layer, 1 sign, 52 distance */
            const int layer = (int)(word & 0xff);
            const int64_t distance = (int64_t)(word >> 9 & 0xfffffffffffff);
            numbers[number] = (double)(word & 0x100 ? -distance : distance) * WIDTHS[layer];
            if (distance >= INSIDE[layer]) {
                source.taken = taken;
                number += is_number(word, layer, numbers + number, &source);
                taken = source.taken;
                break; /* more words may have been drawn */
            }
            number++;
        }
        source.taken = taken;
    }
}
