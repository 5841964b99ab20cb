/* Networks of random shapes, each array allocated to its very size, so that the address sanitizer sees a step beside it.
 * Arguments: a seed, and how many networks. Compiled in one precision; see engine.py. */
#include "engine.c"

#include <stdio.h>
#include <stdlib.h>

static int any(int most) { return rand() % most; }

/* Room for whole vectors begins where one may be loaded at once, as the app's does */
static real *vectors_of(Count numbers) { return memset(aligned_alloc(BYTES, numbers * sizeof(real)), 0, numbers * sizeof(real)); }
static void *exactly(Count numbers, size_t size) { return calloc(numbers, size); }

static void allocate(Network *net, Count points, real *parameters, Count rows, Count count) {
    const Count all = whole_vectors(points), outputs = net->sizes[net->layers];
    net->points = points, net->parameters = parameters;
    net->stride = LANES * (1 + any((int)(all / LANES)));
    net->t = vectors_of(all), net->y = vectors_of(outputs * all), net->wanted = exactly(outputs * points, sizeof(double));
    net->sums = exactly(count, sizeof(real));
    net->a = vectors_of(rows * net->stride), net->delta = vectors_of(rows * net->stride);
    for (Count c = 0; c < points; c++) net->t[c] = (real)c / (real)points;
}

static void release(Network *net) {
    free(net->t), free(net->y), free((void *)net->wanted), free(net->sums), free(net->a), free(net->delta);
}

static void try_one(void) {
    enum { MOST = 8 };
    int64_t sizes[MOST + 1] = {1}, codes[MOST];
    Network net = {.layers = 1 + any(MOST), .sizes = sizes, .activations = codes}, whole;
    Count count = 0, rows = 2, points = 2 + any(400), batch = any(2) ? 1 + any((int)points - 1) : 0;
    for (Count l = 1; l <= net.layers; l++) {
        sizes[l] = l == net.layers ? 2 : 1 + any(any(3) ? 9 : 40), codes[l - 1] = any(6);
        count += sizes[l] * (sizes[l - 1] + 1), rows += sizes[l] + 1;
    }
    real *parameters = exactly(count, sizeof(real));
    const real far = any(7) ? 1 : 10000; /* some networks run away */
    for (Count p = 0; p < count; p++) parameters[p] = far * (real)(any(2001) - 1000) / 1000;
    whole = net;
    allocate(&whole, points, parameters, rows, count), allocate(&net, batch ? batch : points, parameters, rows, count);

    const Count made = 5, jacobians = 2 * net.layers, drawn = 2 * points;
    int64_t *order = exactly(made * (batch ? batch : 1), sizeof(int64_t)), ends[] = {2, 5};
    for (Count i = 0; i < made * batch; i++) order[i] = any((int)points);
    Batches batches = {order, whole.t, whole.y, whole_vectors(points)};
    double *moving = exactly(count, sizeof(double)), *schedule = exactly(made, sizeof(double)), *given = exactly(made * jacobians, sizeof(double));
    for (Count p = 0; p < count; p++) moving[p] = any(5) > 0;
    for (Count i = 0; i < made; i++) schedule[i] = 1;
    Descent d = {.rule = any(5), .first = any(300), .rate = 0.1, .schedule = any(2) ? schedule : 0, .momentum = 0.9, .memory = 0.99,
                 .decay = any(2) * 1e-3, .given = any(3) ? 0 : given, .noise = any(2), .seed = (uint64_t)rand(), .drawn = -1,
                 .normals = exactly(BLOCK * jacobians, sizeof(double)), .moving = moving, .gradient = exactly(count, sizeof(double)),
                 .factors = exactly(jacobians, sizeof(double)), .first_moment = exactly(count, sizeof(double)),
                 .second_moment = exactly(count, sizeof(double))};
    Notes notes = {2, ends, exactly(2 * count, sizeof(double)), exactly(2 * drawn, sizeof(double)), exactly(2, sizeof(double)),
                   exactly(4 * count, sizeof(double)), exactly(drawn, sizeof(double))};
    EXPORTED(iterate)(&net, &whole, batch ? &batches : 0, &d, made, &notes);

    release(&net), release(&whole), free(parameters), free(order), free(moving), free(schedule), free(given);
    free(d.normals), free(d.gradient), free(d.factors), free(d.first_moment), free(d.second_moment);
    free(notes.parameters), free(notes.curves), free(notes.costs), free(notes.states), free(notes.slopes);
}

int main(int count, char **words) {
    if (count != 3) return 2;
    srand((unsigned)atoi(words[1]));
    for (int left = atoi(words[2]); left > 0; left--) try_one();
    return 0;
}
