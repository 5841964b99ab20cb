/* Activation functions a = σ(z) and their slopes σ′(z), of n vectors at once.
 *
 * A vector's next operation waits some four cycles for the one before, and the registers hold many: so n vectors take
 * each step together. Every function takes z and leaves a in its place, and the slope beside it. Errors, the greatest
 * seen at 5,000 places of each range against exact numbers, in units in the last place: tests/core/native holds them.
 *
 * A new activation is a function here and a line in ACTIVATIONS below, under the name that it has in Python.
 */
#include <math.h>
#include <string.h>

#include "vectors.h"

#if defined(__AVX512F__)
#define TOGETHER 8 /* vectors at once: there are 32 registers of 64 bytes */
#else
#define TOGETHER 4
#endif

#define MANTISSA (IS_DOUBLE ? 52 : 23)
#define BIAS (IS_DOUBLE ? 1023 : 127) /* of the exponent */
#define WHOLE ((real)(IS_DOUBLE ? 0x1.8p52 : 0x1.8p23)) /* x + WHOLE has x, rounded to a whole number, in its last bits */
#define TERMS(series) ((int)(sizeof(series) / sizeof(real)))

/* Polynomials, from the highest power down, fitted so that the greatest relative error is least (Remez).
 * exp_series: (e^r - 1 - r) / r² for |r| <= ln 2 / 2, with errors of e^r of 4e-18 and 3e-9.
 * artanh_series: (artanh s - s) / s³ for 0 <= s <= 1/3, in s².
 * sine_series, cosine_series: (sin r - r) / r³ and (cos r - 1 + r²/2) / r⁴ for |r| <= π/4, in r² (as in Sun's fdlibm).
 * half_pi: π/2 in three parts, of which the first ones have so few digits that k times each is exact. */
#if IS_DOUBLE
static const double exp_series[] = {2.5000042896524453e-08, 2.7630248066541834e-07, 2.7557586430346135e-06,
                                    2.4801493099877013e-05, 0.00019841269506519688, 0.0013888888943629077,
                                    0.008333333333494486,   0.04166666666653016,    0.16666666666666413,
                                    0.5000000000000011};
static const double artanh_series[] = {0.08082022805971767, 0.04400369242072337, 0.06000536404795356, 0.06657072104827468,
                                       0.07692785032479312, 0.09090894718066429, 0.11111111358713932, 0.1428571428355438,
                                       0.20000000000007292, 0.3333333333333333};
static const double sine_series[] = {1.58969099521155010221e-10,  -2.50507602534068634195e-08,
                                     2.75573137070700676789e-06,  -1.98412698298579493134e-04,
                                     8.33333333332248946124e-03,  -1.66666666666666324348e-01};
static const double cosine_series[] = {-1.13596475577881948265e-11, 2.08757232129817482790e-09,
                                       -2.75573143513906633035e-07, 2.48015872894767294178e-05,
                                       -1.38888888888741095749e-03, 4.16666666666666019037e-02};
static const double half_pi[] = {1.57079632673412561417, 6.07710050630396597660e-11, 2.02226624879595063154e-21};
#else
static const float exp_series[] = {0.0013814596459269524f, 0.008368716575205326f, 0.04166838899254799f,
                                   0.1666652113199234f, 0.4999999403953552f};
static const float artanh_series[] = {0.11612164612011674f, 0.10853287900440187f, 0.14296178997151418f,
                                      0.1999985316596486f, 0.3333333366026371f};
static const float sine_series[] = {-1.9515295891e-4f, 8.3321608736e-3f, -1.6666654611e-1f};
static const float cosine_series[] = {2.443315711809948e-5f, -1.388731625493765e-3f, 4.166664568298827e-2f};
static const float half_pi[] = {1.5703125f, 4.837512969970703125e-4f, 7.54978995489188216e-8f};
#endif

/* sum = a polynomial of x (Horner's rule) */
INLINE void polynomial(const int n, const int terms, const real *series, const vec *x, vec *sum) {
    UNROLL for (int i = 0; i < n; i++) sum[i] = fill(series[0]);
    UNROLL for (int k = 1; k < terms; k++)
        UNROLL for (int i = 0; i < n; i++) sum[i] = sum[i] * x[i] + series[k];
}

/* e^x = 2^k e^r with x = k ln 2 + r and |r| <= ln 2 / 2: the power 2^k, r, and s = (e^r - 1 - r) / r² */
INLINE void exp_parts(const int n, const vec *x, vec *power, vec *r, vec *s) {
    UNROLL for (int i = 0; i < n; i++) power[i] = x[i] * (real)1.4426950408889634 + (WHOLE + BIAS);
    UNROLL for (int i = 0; i < n; i++) {
        const vec k = power[i] - (WHOLE + BIAS);
        r[i] = x[i] - k * (real)0.6931471805599453;
        power[i] = (vec)((mask)power[i] << MANTISSA); /* k + BIAS, moved to where a number has its exponent */
    }
    polynomial(n, TERMS(exp_series), exp_series, r, s);
}

/* d = 1 / d, none of them 0: each two share one division, which takes as long as some twenty multiplications */
INLINE void invert(const int n, vec *d) {
    UNROLL for (int i = 0; i + 2 <= n; i += 2) {
        const vec p = d[i], q = d[i + 1], one = 1 / (p * q);
        d[i] = one * q, d[i + 1] = one * p;
    }
    if (n % 2) d[n - 1] = 1 / d[n - 1];
}

/* σ(z) = 1 / (1 + e^-z), σ′ = σ (1 - σ). The square of 1 + e^350 can be written (of single precision: e^43), so that
 * σ is never less than e^-350 (e^-43 = 2e-19). */
INLINE void logistic(const int n, vec *z, vec *slope) {
    vec power[TOGETHER], r[TOGETHER], e[TOGETHER];
    UNROLL for (int i = 0; i < n; i++) z[i] = -at_most(at_least(z[i], IS_DOUBLE ? -350 : -43), 80);
    exp_parts(n, z, power, r, e);
    UNROLL for (int i = 0; i < n; i++) e[i] = e[i] * r[i] + 1;
    UNROLL for (int i = 0; i < n; i++) e[i] = e[i] * r[i] + 1;
    UNROLL for (int i = 0; i < n; i++) z[i] = e[i] * power[i] + 1;
    invert(n, z);
    UNROLL for (int i = 0; i < n; i++) slope[i] = z[i] - z[i] * z[i];
}

/* tanh |z| = -m / (2 + m) with m = e^(-2|z|) - 1, which keeps all digits where z is small; the slope is 1 - tanh² */
INLINE void hyperbolic_tangent(const int n, vec *z, vec *slope) {
    vec x[TOGETHER], power[TOGETHER], r[TOGETHER], m[TOGETHER], d[TOGETHER];
    UNROLL for (int i = 0; i < n; i++) x[i] = 2 * at_least(minus_abs(z[i]), -40);
    exp_parts(n, x, power, r, m);
    UNROLL for (int i = 0; i < n; i++) m[i] = (m[i] * (r[i] * r[i]) + r[i]) * power[i] + (power[i] - 1);
    UNROLL for (int i = 0; i < n; i++) d[i] = 2 + m[i];
    invert(n, d);
    UNROLL for (int i = 0; i < n; i++) {
        const vec near = -m[i] * d[i], size = near - d[i] * (near * (2 + m[i]) + m[i]); /* less what remains: digits more */
        z[i] = (vec)((mask)size | ((mask)z[i] & (mask)fill(-(real)0.0))); /* with the sign of z */
        slope[i] = 1 - z[i] * z[i];
    }
}

/* ln(1 + e^z) = max(z, 0) + 2 artanh(p / (2 + p)) with p = e^-|z|; the slope is 1 / (1 + e^-z) */
INLINE void softplus(const int n, vec *z, vec *slope) {
    vec p[TOGETHER], power[TOGETHER], r[TOGETHER], d[TOGETHER], square[TOGETHER], sum[TOGETHER];
    UNROLL for (int i = 0; i < n; i++) p[i] = at_least(minus_abs(z[i]), -80);
    exp_parts(n, p, power, r, d);
    UNROLL for (int i = 0; i < n; i++) p[i] = ((d[i] * r[i] + 1) * r[i] + 1) * power[i];
    UNROLL for (int i = 0; i < n; i++) d[i] = (1 + p[i]) * (2 + p[i]);
    invert(n, d);
    UNROLL for (int i = 0; i < n; i++) {
        const vec right = (2 + p[i]) * d[i], other = (1 + p[i]) * d[i]; /* 1 / (1 + p), 1 / (2 + p) */
        slope[i] = where(z[i] < 0, p[i] * right, right);
        const vec near = p[i] * other;
        p[i] = near - other * (near * (2 + p[i]) - p[i]); /* less what remains: some digits more of p / (2 + p) */
        square[i] = p[i] * p[i];
    }
    polynomial(n, TERMS(artanh_series), artanh_series, square, sum);
    UNROLL for (int i = 0; i < n; i++) z[i] = 2 * (square[i] * p[i] * sum[i] + p[i]) + at_least(z[i], 0);
}

/* sin z and cos z. Quarter turns are taken off, where k times π/2 has enough digits; beyond, the C library's functions
 * compute, number by number. */
INLINE void sine(const int n, vec *z, vec *slope) {
    const real farthest = IS_DOUBLE ? 1e5 : 5e3;
    vec u[TOGETHER], turn[TOGETHER], r[TOGETHER], square[TOGETHER], s[TOGETHER], c[TOGETHER];
    mask far = {0};
    UNROLL for (int i = 0; i < n; i++) {
        u[i] = z[i];
        far |= ~((u[i] < farthest) & (u[i] > -farthest));
        turn[i] = u[i] * (real)0.6366197723675814 + WHOLE; /* z / (π/2) */
        const vec k = turn[i] - WHOLE;
        r[i] = u[i] - k * half_pi[0] - k * half_pi[1];
        r[i] = r[i] - k * half_pi[2];
        square[i] = r[i] * r[i];
    }
    polynomial(n, TERMS(sine_series), sine_series, square, s);
    polynomial(n, TERMS(cosine_series), cosine_series, square, c);
    UNROLL for (int i = 0; i < n; i++) {
        const vec sin_r = square[i] * r[i] * s[i] + r[i];
        const vec cos_r = square[i] * square[i] * c[i] + (1 - square[i] * (real)0.5);
        const int sign = 8 * sizeof(real) - 2; /* moves bit 1 to where a number has its sign */
        const mask quarter = (mask)turn[i], odd = (quarter & 1) != 0;
        z[i] = (vec)((mask)where(odd, cos_r, sin_r) ^ ((quarter & 2) << sign));
        slope[i] = (vec)((mask)where(odd, sin_r, cos_r) ^ (((quarter + 1) & 2) << sign));
    }
    bits any = 0;
    UNROLL for (int lane = 0; lane < LANES; lane++) any |= far[lane];
    for (int i = 0; any && i < n; i++)
        for (int lane = 0; lane < LANES; lane++)
            if (!(u[i][lane] < farthest && u[i][lane] > -farthest))
                z[i][lane] = (real)sin(u[i][lane]), slope[i][lane] = (real)cos(u[i][lane]);
}

INLINE void relu(const int n, vec *z, vec *slope) {
    UNROLL for (int i = 0; i < n; i++) slope[i] = where(z[i] > 0, fill(1), fill(0)), z[i] = at_least(z[i], 0);
}

INLINE void linear(const int n, vec *z, vec *slope) {
    (void)z;
    UNROLL for (int i = 0; i < n; i++) slope[i] = fill(1);
}

/* CASE(code, "name in Python", function, how many vectors at once) */
#define ACTIVATIONS(CASE)                            \
    CASE(0, "logistic", logistic, TOGETHER)          \
    CASE(1, "tanh", hyperbolic_tangent, TOGETHER)    \
    CASE(2, "relu", relu, 4)                         \
    CASE(3, "sine", sine, 2)                         \
    CASE(4, "softplus", softplus, 4)                 \
    CASE(5, "linear", linear, 4)

/* The code of an activation, or -1 where there is none of such a name */
static int code_of_activation(const char *name) {
#define CASE(code, known, function, together) \
    if (!strcmp(name, known)) return code;
    ACTIVATIONS(CASE)
#undef CASE
    return -1;
}

/* Weighted sums z become activations, in place; the slopes go elsewhere. ``count`` is a multiple of LANES. */
static void activate(int code, Count count, real *restrict a, real *restrict slopes) {
    Count i = 0;
#define VECTORS(n, function)                                                 \
    for (; i + n * LANES <= count; i += n * LANES) {                         \
        vec z[n], slope[n];                                                  \
        UNROLL for (int v = 0; v < n; v++) z[v] = load(a + i + v * LANES);   \
        function(n, z, slope);                                               \
        UNROLL for (int v = 0; v < n; v++) {                                 \
            store(a + i + v * LANES, z[v]);                                  \
            store(slopes + i + v * LANES, slope[v]);                         \
        }                                                                    \
    }
#define CASE(code, known, function, together)                                            \
    case code: VECTORS(together, function) VECTORS(4, function) VECTORS(1, function) break;
    switch (code) { ACTIVATIONS(CASE) }
#undef CASE
#undef VECTORS
}
