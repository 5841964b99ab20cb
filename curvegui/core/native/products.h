/* Products of matrices of which a few rows and columns at a time stay in registers.
 *
 * Features lie in rows, points in columns: row k of a matrix begins at x + k * stride, and a row has a multiple of LANES
 * columns, all of which are computed. Weights are read where they lie, one number at a time, for a whole vector.
 */
#include "vectors.h"

#ifndef ROWS
/* How much stays in registers: of a product, so many rows times so many vectors of columns; of sums over points, so many
 * rows times so many inputs. Which they are changes no bit: each number is summed by itself. */
#if defined(__AVX512F__) /* 32 registers of a vector each */
#define ROWS 4
#define COLUMNS 4
#define SUM_ROWS 4
#define SUM_INPUTS 4
#else /* 16 registers of half a vector (AVX2), 32 of a quarter (NEON) */
#define ROWS 6
#define COLUMNS 1
#define SUM_ROWS 3
#define SUM_INPUTS 2
#endif
#endif

/* call(a, b) with constants for a and b, of which no more are compiled than there can be: so the compiler unrolls its
 * loops */
#define WITH_SECOND(a, b, most_b, call)                          \
    switch (b) {                                                 \
        case 1: call(a, 1); break;                               \
        case 2: if (most_b >= 2) { call(a, 2); } break;          \
        case 3: if (most_b >= 3) { call(a, 3); } break;          \
        default: if (most_b >= 4) { call(a, 4); }                \
    }
#define WITH_CONSTANTS(a, most_a, b, most_b, call)                             \
    switch (a) {                                                               \
        case 1: WITH_SECOND(1, b, most_b, call) break;                         \
        case 2: WITH_SECOND(2, b, most_b, call) break;                         \
        case 3: WITH_SECOND(3, b, most_b, call) break;                         \
        case 4: if (most_a >= 4) WITH_SECOND(4, b, most_b, call) break;        \
        case 5: if (most_a >= 5) WITH_SECOND(5, b, most_b, call) break;        \
        default: if (most_a >= 6) WITH_SECOND(6, b, most_b, call)              \
    }
#define MIN(a, b) ((a) < (b) ? (a) : (b))

enum direction { UP, DOWN };

/* Some rows and vectors of columns. UP: out = W x + b, where b is the last of each row of weights. DOWN: out = (Wᵀ x) out,
 * number by number. W[row][k] is w[row * row_step + k * step]. */
INLINE void block_of_product(const int rows, const int columns, const enum direction direction, Count inputs, const real *w,
                             Count row_step, Count step, const real *restrict x, real *restrict out, Count stride) {
    vec sum[ROWS][COLUMNS];
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int c = 0; c < columns; c++) sum[r][c] = fill(direction == UP ? w[r * row_step + inputs * step] : 0);
    for (Count k = 0; k < inputs; k++, x += stride) {
        vec in[COLUMNS];
        UNROLL for (int c = 0; c < columns; c++) in[c] = load(x + c * LANES);
        UNROLL for (int r = 0; r < rows; r++) {
            const real weight = w[r * row_step + k * step];
            UNROLL for (int c = 0; c < columns; c++) sum[r][c] += weight * in[c];
        }
    }
    UNROLL for (int r = 0; r < rows; r++)
        UNROLL for (int c = 0; c < columns; c++) {
            real *place = out + r * stride + c * LANES;
            store(place, direction == UP ? sum[r][c] : sum[r][c] * load(place));
        }
}

INLINE void product(const enum direction direction, Count rows, Count inputs, const real *w, Count row_step, Count step,
                    const real *restrict x, real *restrict out, Count stride, Count columns) {
    for (Count column = 0, some; column < columns; column += some * LANES) {
        some = part((columns - column) / LANES, COLUMNS);
        for (Count row = 0, few; row < rows; row += few) {
            few = part(rows - row, ROWS);
#define CALL(r, c)                                                                                                     \
    block_of_product(r, c, direction, inputs, w + row * row_step, row_step, step, x + column,           \
                     out + row * stride + column, stride)
            WITH_CONSTANTS(few, ROWS, some, COLUMNS, CALL)
#undef CALL
        }
    }
}

/* z = W a + b: W and b of shape (rows, inputs + 1), a (inputs, columns), z (rows, columns) */
static void weighted_sums(Count rows, Count inputs, const real *w, const real *a, real *z, Count stride, Count columns) {
    product(UP, rows, inputs, w, inputs + 1, 1, a, z, stride, columns);
}

/* slopes = (Wᵀ delta) slopes: W of shape (inputs, rows + 1) with its biases, delta (inputs, columns), slopes (rows, columns) */
static void back_through(Count rows, Count inputs, const real *w, const real *delta, real *slopes, Count stride, Count columns) {
    product(DOWN, rows, inputs, w, 1, rows + 1, delta, slopes, stride, columns);
}

/* The sums over the lanes of four vectors: all together, since each step adds neighbours of two vectors into one */
typedef real four __attribute__((vector_size(4 * sizeof(real))));
INLINE four sums_of_lanes(const vec v[4]) {
#define PICK __builtin_shufflevector
#if IS_DOUBLE
#define NEIGHBOURS(p, q) (PICK(p, q, 0, 9, 2, 11, 4, 13, 6, 15) + PICK(p, q, 1, 8, 3, 10, 5, 12, 7, 14))
#define PAIRS(p, q) (PICK(p, q, 0, 1, 10, 11, 4, 5, 14, 15) + PICK(p, q, 2, 3, 8, 9, 6, 7, 12, 13))
#define HALVES(p) (p)
#else
#define NEIGHBOURS(p, q)                                                         \
    (PICK(p, q, 0, 17, 2, 19, 4, 21, 6, 23, 8, 25, 10, 27, 12, 29, 14, 31) +     \
     PICK(p, q, 1, 16, 3, 18, 5, 20, 7, 22, 9, 24, 11, 26, 13, 28, 15, 30))
#define PAIRS(p, q)                                                              \
    (PICK(p, q, 0, 1, 18, 19, 4, 5, 22, 23, 8, 9, 26, 27, 12, 13, 30, 31) +      \
     PICK(p, q, 2, 3, 16, 17, 6, 7, 20, 21, 10, 11, 24, 25, 14, 15, 28, 29))
#define HALVES(p) (PICK(p, p, 0, 1, 2, 3, 4, 5, 6, 7) + PICK(p, p, 8, 9, 10, 11, 12, 13, 14, 15))
#endif
    const vec pq = NEIGHBOURS(v[0], v[1]), rs = NEIGHBOURS(v[2], v[3]), all = PAIRS(pq, rs);
    return PICK(HALVES(all), HALVES(all), 0, 1, 2, 3) + PICK(HALVES(all), HALVES(all), 4, 5, 6, 7);
#undef PICK
#undef NEIGHBOURS
#undef PAIRS
#undef HALVES
}

INLINE void block_of_sums(const int rows, const int inputs, const real *delta, const real *a, Count stride, Count columns,
                          real *sums, Count width) {
    vec sum[SUM_ROWS * SUM_INPUTS + 3];
    UNROLL for (int i = 0; i < rows * inputs + 3; i++) sum[i] = fill(0);
    for (Count c = 0; c < columns; c += LANES) {
        vec in[SUM_INPUTS];
        UNROLL for (int k = 0; k < inputs; k++) in[k] = load(a + k * stride + c);
        UNROLL for (int r = 0; r < rows; r++) {
            const vec d = load(delta + r * stride + c);
            UNROLL for (int k = 0; k < inputs; k++) sum[r * inputs + k] += d * in[k];
        }
    }
    UNROLL for (int i = 0; i < rows * inputs; i += 4) {
        const four found = sums_of_lanes(sum + i);
        UNROLL for (int j = 0; j < 4; j++)
            if (i + j < rows * inputs) sums[(i + j) / inputs * width + (i + j) % inputs] += found[j];
    }
}

/* sums += delta aᵀ: delta of shape (rows, columns), a (width, columns), sums (rows, width) */
static void add_products_over_points(Count rows, Count width, const real *delta, const real *a, Count stride, Count columns,
                                     real *sums) {
    for (Count k = 0, inputs; k < width; k += inputs) {
        inputs = part(width - k, SUM_INPUTS);
        for (Count row = 0, few; row < rows; row += few) {
            few = part(rows - row, SUM_ROWS);
#define CALL(r, c)                                                                                                     \
    block_of_sums(r, c, delta + row * stride, a + k * stride, stride, columns, sums + row * width + k, width)
            WITH_CONSTANTS(few, SUM_ROWS, inputs, SUM_INPUTS, CALL)
#undef CALL
        }
    }
}
