/* What is made of the sums over the points: steps. Part of engine.c.
 *
 * An iteration multiplies each Jacobian by 1 + noise · N(0, 1), with a number of its own, and hands this gradient g to an
 * optimiser, which makes a direction of it; then parameters -= learning rate · direction. All of it in double precision.
 */

typedef struct {
    int64_t rule;             /* the optimiser's code */
    int64_t first;            /* the number of the first iteration of a call: what the noise depends on */
    int64_t made;             /* how many iterations the optimiser has made before it */
    double rate;              /* the learning rate */
    const double *schedule;   /* what it is multiplied by in each iteration, shape (count); or nothing */
    double momentum, memory;
    double decay;             /* λ: λ W is added to J_W */
    const double *given;      /* what each Jacobian is multiplied by in each iteration, shape (count, 2 L); or nothing: */
    double noise;             /* then by noise, from this seed */
    uint64_t seed;
    double *normals;          /* room for the N(0, 1) numbers of a block of 100 iterations, shape (100, 2 L): those of
                                 J_W_1 ... J_W_L, then of J_b_1 ... J_b_L; each block has a stream of its own */
    int64_t drawn;            /* the block whose numbers are there, or -1 */
    const double *moving;     /* 0 where a parameter is frozen, else 1, shape (P) */
    double *gradient, *factors; /* room, shapes (P) and (2 L) */
    double *first_moment, *second_moment; /* what the optimiser remembers, shape (P) each */
} Descent;

typedef struct {
    const int64_t *order;     /* the points that each iteration takes, shape (count, batch) */
    const real *t, *y;        /* all points: shapes (all) and (n_L, all) */
    int64_t all;
} Batches;

typedef struct {
    int64_t count;
    const int64_t *ends;      /* after how many iterations of a call something is noted, ascending, shape (count) */
    double *parameters;       /* shape (count, P) */
    double *curves;           /* shape (count, n_L, N) */
    double *costs;            /* N C, shape (count) */
    double *states;           /* shape (count, 2 P): first and second moment */
    double *slopes;           /* room, shape (n_L, N) */
} Notes;

#define BLOCK 100 /* iterations: see curvegui/core/network/noise.py */

/* The sums become the gradient: the mean over the points, with weight decay and noise, and 0 where a parameter is frozen.
 * ``factors`` are what each Jacobian is multiplied by beside that, shape (2 L), or nothing. */
static void take_gradient(const Network *net, const Descent *d, const double *factors, double *restrict g) {
    const double mean = 2.0 / (double)net->points, decay = d->decay;
    const double *moving = d->moving;
    const real *sums = net->sums, *w = net->parameters;
    for (Count l = 0; l < net->layers; l++) {
        const Count width = net->sizes[l] + 1, rows = net->sizes[l + 1], numbers = rows * width;
        const double of_weight = factors ? factors[l] : 1, of_bias = factors ? factors[net->layers + l] : 1;
        for (Count p = 0; p < numbers; p++) g[p] = of_weight * (mean * sums[p] + decay * w[p]) * moving[p];
        for (Count p = width - 1; p < numbers; p += width) g[p] = of_bias * (mean * sums[p]) * moving[p];
        sums += numbers, w += numbers, g += numbers, moving += numbers;
    }
}

/* base^n by squaring: the same on every computer, as the C library's pow need not be */
static double power(double base, int64_t n) {
    double result = 1;
    for (; n > 0; n >>= 1, base *= base)
        if (n & 1) result *= base;
    return result;
}

/* The optimisers: each makes g the direction, and takes along what it remembers. Sources: curvegui/core/optimizers/all.py. */

static void momentum(const Descent *d, Count n, double *restrict g, double *restrict velocity) {
    const double kept = d->momentum;
    for (Count p = 0; p < n; p++) g[p] = velocity[p] = kept * velocity[p] + g[p];
}

static void nesterov(const Descent *d, Count n, double *restrict g, double *restrict velocity) {
    const double kept = d->momentum;
    for (Count p = 0; p < n; p++) {
        velocity[p] = kept * velocity[p] + g[p];
        g[p] = kept * velocity[p] + g[p];
    }
}

static void rmsprop(const Descent *d, Count n, double *restrict g, double *restrict square) {
    const double kept = d->memory, new = 1 - d->memory;
    for (Count p = 0; p < n; p++) {
        square[p] = kept * square[p] + new * (g[p] * g[p]);
        g[p] = g[p] / (sqrt(square[p]) + SMALLEST);
    }
}

static void adam(const Descent *d, Count n, double *restrict g, double *restrict mean, double *restrict square, int64_t made) {
    const double kept = d->momentum, new = 1 - d->momentum, square_kept = d->memory, square_new = 1 - d->memory;
    const double root = sqrt(1 - power(square_kept, made)), seen = root / (1 - power(kept, made));
    for (Count p = 0; p < n; p++) {
        mean[p] = kept * mean[p] + new * g[p];
        square[p] = square_kept * square[p] + square_new * (g[p] * g[p]);
        g[p] = mean[p] / (sqrt(square[p]) + SMALLEST * root) * seen;
    }
}

/* CASE(code, "name in Python", call) */
#define OPTIMIZERS(CASE)                                                            \
    CASE(0, "descent", )                                                            \
    CASE(1, "momentum", momentum(d, n, g, d->first_moment))                         \
    CASE(2, "nesterov", nesterov(d, n, g, d->first_moment))                         \
    CASE(3, "rmsprop", rmsprop(d, n, g, d->first_moment))                           \
    CASE(4, "adam", adam(d, n, g, d->first_moment, d->second_moment, made))

/* The code of an activation or an optimiser, or -1 where there is none of such a name */
PUBLIC int EXPORTED(code_of_activation)(const char *name) { return code_of_activation(name); }
PUBLIC int EXPORTED(code_of_optimizer)(const char *name) {
#define CASE(code, known, call) \
    if (!strcmp(name, known)) return code;
    OPTIMIZERS(CASE)
#undef CASE
    return -1;
}

/* What each Jacobian is multiplied by in the i-th iteration of a call, shape (2 L), or nothing */
static const double *factors_of(Descent *d, int64_t i, Count jacobians) {
    const int64_t iteration = d->first + i;
    if (d->given) return d->given + i * jacobians;
    if (d->noise == 0) return 0;
    if (iteration / BLOCK != d->drawn) {
        d->drawn = iteration / BLOCK;
        standard_normals(d->seed, 1 + (uint64_t)d->drawn, BLOCK * jacobians, d->normals);
    }
    const double *normals = d->normals + iteration % BLOCK * jacobians;
    for (Count j = 0; j < jacobians; j++) d->factors[j] = 1 + d->noise * normals[j];
    return d->factors;
}

/* Change the parameters by what the sums say in the i-th iteration of a call; those that are frozen stay */
PUBLIC void EXPORTED(step)(const Network *net, Descent *d, int64_t i) {
    const Count n = parameter_count(net);
    const int64_t made = d->made + i + 1;
    const double rate = d->rate * (d->schedule ? d->schedule[i] : 1), *moving = d->moving;
    double *g = d->gradient;
    real *parameters = net->parameters;
    take_gradient(net, d, factors_of(d, i, 2 * net->layers), g);
#define CASE(code, known, call) \
    case code: call; break;
    switch (d->rule) { OPTIMIZERS(CASE) }
#undef CASE
    for (Count p = 0; p < n; p++) parameters[p] = (real)(parameters[p] - rate * moving[p] * g[p]);
}

/* The points of a mini-batch take the places of the network's points */
static void take_points(const Network *net, const Batches *batches, int64_t i) {
    const Count room = whole_vectors(net->points);
    const int64_t *order = batches->order + i * net->points;
    for (Count c = 0; c < net->points; c++) net->t[c] = batches->t[order[c]];
    for (Count k = 0; k < net->sizes[net->layers]; k++)
        for (Count c = 0; c < net->points; c++) net->y[k * room + c] = batches->y[k * batches->all + order[c]];
}

static void note(const Network *whole, const Descent *d, const Notes *notes, int64_t place) {
    const Count n = parameter_count(whole), drawn = whole->sizes[whole->layers] * whole->points;
    double *state = notes->states + place * 2 * n;
    for (Count p = 0; p < n; p++) notes->parameters[place * n + p] = whole->parameters[p];
    notes->costs[place] =
        EXPORTED(look)(whole, 0, whole_vectors(whole->points), 0, notes->curves + place * drawn, notes->slopes);
    memcpy(state, d->first_moment, n * sizeof(double));
    memcpy(state + n, d->second_moment, n * sizeof(double));
}

/* Make iterations, and note what the network is after some of them.
 *
 * ``whole`` has all points. ``net`` is the same, or, with mini-batches, has as many points as a batch, and the same
 * parameters. */
PUBLIC void EXPORTED(iterate)(const Network *net, const Network *whole, const Batches *batches, Descent *d, int64_t count,
                              const Notes *notes) {
    for (int64_t i = 0, place = 0; i < count; i++) {
        if (batches) take_points(net, batches, i);
        sum_over_points(net);
        EXPORTED(step)(net, d, i);
        if (place < notes->count && i + 1 == notes->ends[place]) note(whole, d, notes, place++);
    }
}
