/* What Python asks first: the library's version, and which copy of the engine suits this processor. */
#include "noise.h"

/* To be raised whenever a run gets other bits, or a structure or a function other arguments: Python takes no other */
#define VERSION 1

PUBLIC int engine_version(void);
int engine_version(void) { return VERSION; }

/* "avx512", "avx2" or "neon", or "" where none suits */
PUBLIC const char *copy_for_this_processor(void);

#if defined(__x86_64__)
#include <cpuid.h>

/* What the processor can do (cpuid), and which registers the system keeps when programs take turns (XCR0): see Intel 64 and
 * IA-32 Architectures Software Developer's Manual, volume 1, chapters 13 to 15 */
const char *copy_for_this_processor(void) {
    const unsigned all = bit_AVX512F | bit_AVX512DQ | bit_AVX512VL | bit_AVX512BW | bit_AVX512CD;
    unsigned a, b, c, d, kept, rest;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_FMA)) return "";
    __asm__ volatile("xgetbv" : "=a"(kept), "=d"(rest) : "c"(0));
    if ((kept & 0x06) != 0x06 || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_AVX2) || !(b & bit_BMI2)) return "";
    return (b & all) == all && (kept & 0xE6) == 0xE6 ? "avx512" : "avx2";
}
#elif defined(__aarch64__)
const char *copy_for_this_processor(void) { return "neon"; } /* every ARM processor of 64 bits has it */
#else
const char *copy_for_this_processor(void) { return ""; }
#endif
