/* The rival in C with what the engine does: the same activations, of several vectors at once, and the same products and
 * sums, from the engine's own headers, and its noise; but for a network that the compiler knows, so that every size is a
 * constant. What the engine has less than this, its sizes at run time cost; what this has more than network.c, is the way
 * in which the work is done.
 *
 * It is compiled for one shape, for example with
 *     clang -O3 -march=native -I curvegui/core/native -DSIZES=1,6,7,2 -DLAYERS=3 -DNEURONS=16 -DPARAMETERS=77 -DTILE=104
 * and with -DSINGLE in single precision. A tile of columns goes up layer by layer, and down again. Below the rows of each
 * layer lies one of ones, which biases are multiplied by.
 */
#include "activations.h"
#include "noise.h"
#include "products.h"

#define ALL_ROWS (NEURONS + LAYERS + 1)
#define NEAR 16   /* rows that stay in the nearest cache with a tile of inputs */
#define BLOCK 100 /* iterations whose noise is drawn at once */

static const int sizes[] = {SIZES};
static real a[ALL_ROWS * TILE] __attribute__((aligned(64)));
static real delta[ALL_ROWS * TILE] __attribute__((aligned(64))); /* slopes first */

INLINE void up(const int columns, const real *w) {
    int row = 0;
    UNROLL for (int l = 0; l < LAYERS; l++) {
        const int m = sizes[l], n = sizes[l + 1], above = row + m + 1;
        for (int c = 0; c < columns; c++) a[(row + m) * TILE + c] = 1;
        weighted_sums(n, m, w, a + row * TILE, a + above * TILE, TILE, columns);
        if (columns == TILE)
            activate(0, n * TILE, a + above * TILE, delta + above * TILE);
        else
            for (int i = above; i < above + n; i++) activate(0, columns, a + i * TILE, delta + i * TILE);
        w += n * (m + 1), row = above;
    }
}

/* From the first row of the output down: its errors, and what all layers add to the sums */
INLINE void down(const int columns, const real *p, const real *y, const real *live, int points, real *sums) {
    const real *w = p + PARAMETERS;
    real *of_layer = sums + PARAMETERS;
    int row = NEURONS - sizes[LAYERS] + LAYERS;
    for (int i = 0; i < sizes[LAYERS]; i++)
        for (int c = 0; c < columns; c += LANES) {
            real *place = delta + (row + i) * TILE + c;
            const vec error = load(a + (row + i) * TILE + c) - load(y + i * (Count)points + c);
            store(place, error * load(live + c) * load(place));
        }
    UNROLL for (int l = LAYERS; l > 0; l--) {
        const int m = sizes[l - 1], n = sizes[l], below = row - m - 1;
        w -= n * (m + 1), of_layer -= n * (m + 1);
        for (int i = 0; i < n; i += NEAR)
            add_products_over_points(MIN(n - i, NEAR), m + 1, delta + (row + i) * TILE, a + below * TILE, TILE, columns,
                                     of_layer + i * (m + 1));
        if (l > 1) back_through(m, n, w, delta + row * TILE, delta + below * TILE, TILE, columns);
        row = below;
    }
}

/* dC/dparameter times half the points. points is a multiple of LANES; live is 0 where one only fills up. */
PUBLIC __attribute__((flatten)) void gradient(int points, const real *t, const real *y, const real *live, const real *p,
                                              real *sums) {
    memset(sums, 0, PARAMETERS * sizeof(real));
    for (int start = 0; start < points; start += TILE) {
        const int columns = points - start < TILE ? points - start : TILE;
        memcpy(a, t + start, columns * sizeof(real));
        up(columns, p);
        down(columns, p, y + start, live + start, points, sums);
    }
}

/* Iterations from number ``first`` on; ``rate`` is the learning rate times 2 / N. */
PUBLIC void train(int points, const real *t, const real *y, const real *live, real *p, int64_t first, int64_t count,
                  double rate, double noise, uint64_t seed) {
    real sums[PARAMETERS];
    double normals[BLOCK][2 * LAYERS]; /* of W of every layer, then of b */
    for (int64_t i = first; i < first + count; i++) {
        if (i == first || i % BLOCK == 0) standard_normals(seed, 1 + (uint64_t)(i / BLOCK), BLOCK * 2 * LAYERS, *normals);
        gradient(points, t, y, live, p, sums);
        real *weights = p, *their_sums = sums;
        UNROLL for (int l = 0; l < LAYERS; l++) {
            const int m = sizes[l], n = sizes[l + 1];
            const real of_weights = (real)(rate * (1 + noise * normals[i % BLOCK][l]));
            const real of_biases = (real)(rate * (1 + noise * normals[i % BLOCK][LAYERS + l]));
            for (int j = 0; j < n; j++, weights += m + 1, their_sums += m + 1) {
                for (int k = 0; k < m; k++) weights[k] -= of_weights * their_sums[k];
                weights[m] -= of_biases * their_sums[m];
            }
        }
    }
}
