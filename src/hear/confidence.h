/* How far a hypothesis can be believed. Pure. */
#ifndef SK_HEAR_CONFIDENCE_H
#define SK_HEAR_CONFIDENCE_H
#include "hear/decoder.h"
#include "hear/tuning.h"

/* 0 to 1; 0.5 is the point from which it should count. */
float confidence_of(const struct decoded *hypothesis, double loop, const struct tuning *tuning);

#endif
