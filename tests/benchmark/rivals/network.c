/* The rival in C: the same noisy steepest descent, by hand, for a network that the compiler knows.
 *
 * It is compiled for one shape and one precision, for example with
 *     cc -O3 -march=native -DREAL=double -DWHOLE=int64_t -DSIZES=1,6,7,2 -DLAYERS=3 -DROWS=16 -DPARAMETERS=77 -DTILE=104
 * The features lie in rows and the points in columns. A few columns at a time go up and down again in registers; the
 * sums over the points follow for a tile of columns. Parameters lie as in the package: each neuron's weights, then its
 * bias. All activations are logistic.
 */
#include <stdint.h>
#include <string.h>

#if defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX__)
#define BYTES 32
#else
#define BYTES 16
#endif
#define LANES ((int)(BYTES / sizeof(REAL)))
#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 16")
#define TOGETHER 8 /* neurons whose sums are in registers at the same time */

typedef REAL vec __attribute__((vector_size(BYTES)));
typedef REAL near_vec __attribute__((vector_size(BYTES), aligned(sizeof(REAL)), may_alias));
typedef WHOLE whole __attribute__((vector_size(BYTES))); /* as wide as REAL */

static const int sizes[] = {SIZES};

INLINE vec load(const REAL *place) { return *(const near_vec *)place; }
INLINE void store(REAL *place, vec value) { *(near_vec *)place = value; }
INLINE vec fill(REAL value) { return value - (vec){0}; }
INLINE vec where(whole mask, vec then, vec otherwise) {
    return (vec)(((whole)then & mask) | ((whole)otherwise & ~mask));
}

/* e^x for |x| <= 80, to about one unit in the last place: x = k ln 2 + r, a polynomial for r. */
INLINE vec exp_of(vec x) {
    const int is_double = sizeof(REAL) == 8;
    const vec rounding = fill(is_double ? 0x1.8p52 : 0x1.8p23);
    vec shifted = x * (REAL)1.4426950408889634 + rounding;
    vec k = shifted - rounding;
    vec r = is_double ? x - k * (REAL)6.93147180369123816490e-01 - k * (REAL)1.90821492927058770002e-10
                      : x - k * (REAL)0.693359375 - k * (REAL)-2.12194440e-4;
    vec e;
    if (is_double) {
        e = r * (REAL)2.5100472505694996e-08 + (REAL)2.7620201591031547e-07;
        e = e * r + (REAL)2.7557268276905696e-06;
        e = e * r + (REAL)2.4801521057868204e-05;
        e = e * r + (REAL)0.00019841269863171557;
        e = e * r + (REAL)0.0013888888917367081;
        e = e * r + (REAL)0.008333333333330039;
        e = e * r + (REAL)0.041666666666623824;
        e = e * r + (REAL)0.16666666666666669;
    } else {
        e = r * (REAL)0.00019891080463998843 + (REAL)0.0013933730715792083;
        e = e * r + (REAL)0.008333310844647862;
        e = e * r + (REAL)0.04166646419740569;
        e = e * r + (REAL)0.16666666681704215;
    }
    e = e * r + (REAL)0.5;
    e = e * r + 1;
    e = e * r + 1;
    whole power = ((whole)shifted << (is_double ? 52 : 23)) + ((WHOLE)(is_double ? 1023 : 127) << (is_double ? 52 : 23));
    return e * (vec)power;
}

INLINE vec logistic(vec z) {
    const vec most = fill(80);
    z = where(z > most, most, where(z < -most, -most, z));
    return 1 / (1 + exp_of(-z));
}

/* Some neurons of a layer for some columns: a = logistic(W a_below + b), and the slope a (1 - a). */
INLINE void up_rows(const int rows, const int m, const int w, const REAL *p, const REAL *below, REAL *a, REAL *slope) {
    vec z[TOGETHER][2];
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int c = 0; c < w; c++) z[i][c] = fill(p[i * (m + 1) + m]);
    UNROLL for (int k = 0; k < m; k++)
        UNROLL for (int i = 0; i < rows; i++)
            UNROLL for (int c = 0; c < w; c++) z[i][c] += p[i * (m + 1) + k] * load(below + k * TILE + c * LANES);
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int c = 0; c < w; c++) {
            vec f = logistic(z[i][c]);
            store(a + i * TILE + c * LANES, f);
            store(slope + i * TILE + c * LANES, f * (1 - f));
        }
}

/* Some neurons of the layer below: its slope becomes its delta, by the weights and the delta of this one. */
INLINE void down_rows(const int rows, const int n, const int m, const int w, const REAL *p, const REAL *delta,
                      REAL *below) {
    vec d[TOGETHER][2];
    UNROLL for (int k = 0; k < rows; k++)
        UNROLL for (int c = 0; c < w; c++) d[k][c] = (vec){0};
    UNROLL for (int i = 0; i < n; i++)
        UNROLL for (int k = 0; k < rows; k++)
            UNROLL for (int c = 0; c < w; c++) d[k][c] += p[i * (m + 1) + k] * load(delta + i * TILE + c * LANES);
    UNROLL for (int k = 0; k < rows; k++)
        UNROLL for (int c = 0; c < w; c++) {
            REAL *place = below + k * TILE + c * LANES;
            store(place, d[k][c] * load(place));
        }
}

INLINE void columns_up_and_down(const int w, const REAL *p, REAL *a, REAL *slope, const REAL *y, const REAL *live,
                                int points) {
    const REAL *weights = p;
    int row = 0;
    UNROLL for (int l = 0; l < LAYERS; l++) {
        const int m = sizes[l], n = sizes[l + 1];
        int i = 0;
        for (; i + TOGETHER <= n; i += TOGETHER)
            up_rows(TOGETHER, m, w, weights + i * (m + 1), a + row * TILE, a + (row + m + i) * TILE,
                    slope + (row + m + i) * TILE);
        up_rows(n % TOGETHER, m, w, weights + i * (m + 1), a + row * TILE, a + (row + m + i) * TILE,
                slope + (row + m + i) * TILE);
        row += m, weights += n * (m + 1);
    }
    for (int i = 0; i < sizes[LAYERS]; i++)
        for (int c = 0; c < w; c++) {
            REAL *place = slope + (row + i) * TILE + c * LANES;
            vec error = load(a + (row + i) * TILE + c * LANES) - load(y + i * (long)points + c * LANES);
            store(place, error * load(live + c * LANES) * load(place));
        }
    UNROLL for (int l = LAYERS - 1; l > 0; l--) {
        const int m = sizes[l], n = sizes[l + 1];
        weights -= n * (m + 1), row -= m;
        int k = 0;
        for (; k + TOGETHER <= m; k += TOGETHER)
            down_rows(TOGETHER, n, m, w, weights + k, slope + (row + m) * TILE, slope + (row + k) * TILE);
        down_rows(m % TOGETHER, n, m, w, weights + k, slope + (row + m) * TILE, slope + (row + k) * TILE);
    }
}

INLINE REAL total(vec v) {
    REAL sum = 0;
    UNROLL for (int i = 0; i < LANES; i++) sum += v[i];
    return sum;
}

/* Add delta aT of some neurons and some inputs to their sums. */
INLINE void product(const int rows, const int inputs, const int m, const REAL *delta, const REAL *a, int columns,
                    REAL *sums) {
    vec s[4][4];
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int k = 0; k < inputs; k++) s[i][k] = (vec){0};
    for (int c = 0; c < columns; c += LANES)
        UNROLL for (int i = 0; i < rows; i++)
            UNROLL for (int k = 0; k < inputs; k++)
                s[i][k] += load(delta + i * TILE + c) * load(a + k * TILE + c);
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int k = 0; k < inputs; k++) sums[i * (m + 1) + k] += total(s[i][k]);
}

INLINE void products_of_rows(const int rows, const int m, const REAL *delta, const REAL *a, int columns, REAL *sums) {
    int k = 0;
    for (; k + 4 <= m; k += 4) product(rows, 4, m, delta, a + k * TILE, columns, sums + k);
    if (m % 4) product(rows, m % 4, m, delta, a + k * TILE, columns, sums + k);
    vec s[4];
    UNROLL for (int i = 0; i < rows; i++) s[i] = (vec){0};
    for (int c = 0; c < columns; c += LANES)
        UNROLL for (int i = 0; i < rows; i++) s[i] += load(delta + i * TILE + c);
    UNROLL for (int i = 0; i < rows; i++) sums[i * (m + 1) + m] += total(s[i]);
}

/* dC/dparameter times half the points. points is a multiple of LANES; live is 0 where one only fills up. */
void gradient(int points, const REAL *t, const REAL *y, const REAL *live, const REAL *p, REAL *sums) {
    static _Thread_local REAL a[ROWS * TILE] __attribute__((aligned(64)));
    static _Thread_local REAL slope[ROWS * TILE] __attribute__((aligned(64)));
    memset(sums, 0, PARAMETERS * sizeof(REAL));
    for (int start = 0; start < points; start += TILE) {
        const int columns = points - start < TILE ? points - start : TILE;
        memcpy(a, t + start, columns * sizeof(REAL));
        int c = 0;
        for (; c + 2 * LANES <= columns; c += 2 * LANES)
            columns_up_and_down(2, p, a + c, slope + c, y + start + c, live + start + c, points);
        if (c < columns) columns_up_and_down(1, p, a + c, slope + c, y + start + c, live + start + c, points);
        REAL *layer_sums = sums;
        int row = 0;
        UNROLL for (int l = 0; l < LAYERS; l++) {
            const int m = sizes[l], n = sizes[l + 1];
            int i = 0;
            for (; i + 4 <= n; i += 4)
                products_of_rows(4, m, slope + (row + m + i) * TILE, a + row * TILE, columns, layer_sums + i * (m + 1));
            if (n % 4)
                products_of_rows(n % 4, m, slope + (row + m + i) * TILE, a + row * TILE, columns,
                                 layer_sums + i * (m + 1));
            row += m, layer_sums += n * (m + 1);
        }
    }
}

/* One iteration for each row of factors: those of W of every layer, then those of b. */
void train(int points, const REAL *t, const REAL *y, const REAL *live, REAL *p, int count, const REAL *factors) {
    REAL sums[PARAMETERS];
    for (int iteration = 0; iteration < count; iteration++, factors += 2 * LAYERS) {
        gradient(points, t, y, live, p, sums);
        REAL *weights = p, *their_sums = sums;
        UNROLL for (int l = 0; l < LAYERS; l++) {
            const int m = sizes[l], n = sizes[l + 1];
            for (int i = 0; i < n; i++, weights += m + 1, their_sums += m + 1) {
                for (int k = 0; k < m; k++) weights[k] -= factors[l] * their_sums[k];
                weights[m] -= factors[LAYERS + l] * their_sums[m];
            }
        }
    }
}
