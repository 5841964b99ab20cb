/* N(0, 1) numbers as a pure function of a key and their place, without a state: see noise.c */
#ifndef NOISE_H
#define NOISE_H

#include <stdint.h>

#if defined(_WIN32)
#define PUBLIC __declspec(dllexport)
#else
#define PUBLIC __attribute__((visibility("default")))
#endif

/* Fill numbers, of shape (count,), from the beginning of the key (seed, stream) on. */
PUBLIC void standard_normals(uint64_t seed, uint64_t stream, int64_t count, double *numbers);

#endif
