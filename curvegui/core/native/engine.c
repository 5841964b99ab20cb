/* Noisy steepest descent and its relatives on a fully connected network of any size.
 *
 * The network has layers 0, 1, ... L of n_0, n_1, ... n_L neurons. A point t goes up through it:
 *     a_0 = t,    z_l = W_l a_(l-1) + b_l,    a_l = σ_l(z_l)
 * and the cost is C = |a_L - y|² / N, summed over N points. Back through it goes, of each point,
 *     delta_L = (a_L - y) σ_L′(z_L),    delta_(l-1) = (W_lᵀ delta_l) σ_(l-1)′(z_(l-1))
 * and the Jacobians are the means J_W_l = 2 / N Σ delta_l a_(l-1)ᵀ and J_b_l = 2 / N Σ delta_l: the chain rule (Rumelhart,
 * Hinton and Williams, "Learning representations by back-propagating errors", Nature 323, 1986).
 *
 * Neurons lie in rows, points in columns. So many columns that all layers stay in a near cache are a tile; a tile goes
 * all the way up and down before the next one does. How wide it is and which numbers are added first depend on the
 * network and the points alone, never on the processor: the same run gives the same bits everywhere.
 *
 * Parameters lie layer by layer, each neuron's weights, then its bias: W_l and b_l are one matrix of shape
 * (n_l, n_(l-1) + 1). A row of ones below each layer's activations makes J_b the last column of J_W.
 *
 * This file is compiled for each kind of processor (-DCOPY=avx2, avx512, neon) in double and in single precision
 * (-DSINGLE); the name of a function that is exported ends in both, as in add_sums_double_avx2.
 */
#include "activations.h"
#include "noise.h"
#include "products.h"

#define JOINED_(name, precision, copy) name##_##precision##_##copy
#define JOINED(name, precision, copy) JOINED_(name, precision, copy)
#if IS_DOUBLE
#define EXPORTED(name) JOINED(name, double, COPY)
#else
#define EXPORTED(name) JOINED(name, single, COPY)
#endif

#define NEAR 16 /* rows of delta that stay in the nearest cache with a tile of inputs */
#define SMALLEST 1e-8 /* is added to the root of a mean square, so that 0 / 0 is 0 */

typedef struct {
    int64_t layers;          /* L */
    int64_t points;          /* N; rows of points have room for whole vectors */
    int64_t stride;          /* columns of a tile: a multiple of LANES */
    const int64_t *sizes;    /* n_0 ... n_L, shape (L + 1) */
    const int64_t *activations; /* the code of σ_1 ... σ_L, shape (L) */
    real *t, *y;             /* the points: inputs (N), wanted outputs (n_L, N) */
    const double *wanted;    /* the same outputs, unrounded, without room beyond N */
    real *parameters;        /* W_1, b_1 ... W_L, b_L, shape (P) */
    real *sums;              /* Σ delta aᵀ over the points, in the order of the parameters */
    real *a, *delta;         /* of a tile, shape (n_0 + 1 + ... n_L + 1, stride): each layer's rows, then one that in a
                                is 1 already. delta has the slopes first */
} Network;

INLINE Count whole_vectors(Count points) { return (points + LANES - 1) / LANES * LANES; }

/* Where the numbers of layer l begin: rows of a tile, and parameters */
static Count rows_before(const Network *net, Count layer) {
    Count rows = 0;
    for (Count l = 0; l < layer; l++) rows += net->sizes[l] + 1;
    return rows;
}
static Count parameters_before(const Network *net, Count layer) {
    Count count = 0;
    for (Count l = 0; l + 1 < layer; l++) count += net->sizes[l + 1] * (net->sizes[l] + 1);
    return count;
}
static Count parameter_count(const Network *net) { return parameters_before(net, net->layers + 1); }

/* A tile's activations, and its slopes in the place of delta, from column ``start`` of the points on */
static void go_up(const Network *net, Count start, Count columns) {
    const Count stride = net->stride;
    const real *w = net->parameters;
    real *a = net->a, *slopes = net->delta;
    memcpy(a, net->t + start, columns * sizeof(real));
    for (Count l = 1; l <= net->layers; l++) {
        const Count inputs = net->sizes[l - 1], rows = net->sizes[l], code = net->activations[l - 1];
        real *above = a + (inputs + 1) * stride;
        weighted_sums(rows, inputs, w, a, above, stride, columns);
        slopes += (inputs + 1) * stride;
        if (columns == stride)
            activate((int)code, rows * stride, above, slopes);
        else
            for (Count i = 0; i < rows; i++) activate((int)code, columns, above + i * stride, slopes + i * stride);
        w += rows * (inputs + 1), a = above;
    }
}

/* delta of the output of a tile; the columns that only fill up the last vector have none */
static void begin_down(const Network *net, Count start, Count columns, const real *a, real *delta) {
    const Count stride = net->stride, all = whole_vectors(net->points);
    for (Count i = 0; i < net->sizes[net->layers]; i++) {
        const real *y = net->y + i * all + start;
        for (Count c = 0; c < columns; c += LANES)
            store(delta + i * stride + c, (load(a + i * stride + c) - load(y + c)) * load(delta + i * stride + c));
        for (Count c = net->points - start; c < columns; c++) delta[i * stride + c] = 0;
    }
}

/* A tile's deltas, from the output down, in the place of the slopes; and what they add to the sums */
static void go_down(const Network *net, Count start, Count columns) {
    const Count stride = net->stride, last = rows_before(net, net->layers), end = parameter_count(net);
    const real *a = net->a + last * stride, *w = net->parameters + end;
    real *delta = net->delta + last * stride, *sums = net->sums + end;
    begin_down(net, start, columns, a, delta);
    for (Count l = net->layers; l >= 1; l--) {
        const Count inputs = net->sizes[l - 1], rows = net->sizes[l], width = inputs + 1;
        real *below = delta - width * stride;
        a -= width * stride, w -= rows * width, sums -= rows * width;
        for (Count i = 0; i < rows; i += NEAR)
            add_products_over_points(MIN(rows - i, NEAR), width, delta + i * stride, a, stride, columns, sums + i * width);
        if (l > 1) back_through(inputs, rows, w, delta, below, stride, columns);
        delta = below;
    }
}

/* Add to the sums what the points from column ``start`` to ``end`` make; both are multiples of stride, or all there are */
PUBLIC void EXPORTED(add_sums)(const Network *net, int64_t start, int64_t end) {
    for (; start < end; start += net->stride) {
        const Count columns = MIN(net->stride, end - start);
        go_up(net, start, columns);
        go_down(net, start, columns);
    }
}

/* N / 2 times the Jacobians */
static void sum_over_points(const Network *net) {
    memset(net->sums, 0, parameter_count(net) * sizeof(real));
    EXPORTED(add_sums)(net, 0, whole_vectors(net->points));
}

/* What the network draws of these columns: the outputs and their slopes, shape (n_L, N). Returns N C of all columns up to
 * ``end``, of which those before ``start`` have made ``cost``. */
PUBLIC double EXPORTED(look)(const Network *net, int64_t start, int64_t end, double cost, double *curve, double *slopes) {
    const Count first = rows_before(net, net->layers) * net->stride;
    for (; start < end; start += net->stride) {
        go_up(net, start, MIN(net->stride, end - start));
        for (Count i = 0; i < net->sizes[net->layers]; i++) {
            const real *a = net->a + first + i * net->stride, *slope = net->delta + first + i * net->stride;
            for (Count c = 0, place = i * net->points + start; c < net->stride && start + c < net->points; c++, place++) {
                const double error = a[c] - net->wanted[place];
                curve[place] = a[c], slopes[place] = slope[c];
                cost = __builtin_fma(error, error, cost); /* else each compiler may choose whether it rounds twice */
            }
        }
    }
    return cost;
}

#include "steps.h"
