/* Vectors of 64 bytes, on every processor: eight numbers of double, sixteen of single precision.
 *
 * The width decides which numbers are added to each other first. Since it is the same everywhere, a processor whose
 * registers are narrower (AVX2, NEON) computes the same sums to the last bit, each vector in two or four parts.
 * The vectors are an extension of C that Clang and GCC share; a * b + c of vectors is one rounding (FMA).
 */
#ifndef VECTORS_H
#define VECTORS_H

#include <stdint.h>

#if defined(SINGLE)
typedef float real;
typedef int32_t bits; /* a whole number as wide as a real */
#define IS_DOUBLE 0
#else
typedef double real;
typedef int64_t bits;
#define IS_DOUBLE 1
#endif

#define BYTES 64
#define LANES ((int)(BYTES / sizeof(real)))

typedef real vec __attribute__((vector_size(BYTES)));
typedef bits mask __attribute__((vector_size(BYTES))); /* of a comparison: all bits 1 where it holds, 0 elsewhere */
typedef real anywhere __attribute__((vector_size(BYTES), aligned(sizeof(real)), may_alias)); /* not aligned */
typedef int64_t Count;

#define INLINE static inline __attribute__((always_inline))
#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

INLINE vec load(const real *place) { return *(const anywhere *)place; }
INLINE void store(real *place, vec value) { *(anywhere *)place = value; }
INLINE vec fill(real value) { return value - (vec){0}; }
INLINE vec where(mask condition, vec then, vec otherwise) {
    return (vec)(((mask)then & condition) | ((mask)otherwise & ~condition));
}
INLINE vec at_least(vec x, real least) { return where(x < least, fill(least), x); } /* NaN stays NaN */
INLINE vec at_most(vec x, real most) { return where(x > most, fill(most), x); }
INLINE vec minus_abs(vec x) { return (vec)((mask)x | (mask)fill(-(real)0.0)); }

/* How many of ``left`` come next, in nearly equal parts of at most ``most``: 13 by fours are 3, 3, 3 and 4 */
INLINE Count part(Count left, Count most) { return left / ((left + most - 1) / most); }

#endif
