/**
 * Multiply-add on two doubles. With relaxed SIMD it is one fused instruction where the processor has it; the plain build
 * rounds the product first, so the two builds differ in the last bits.
 */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/** Sum of both lanes. */
@inline
export function lanes(a: v128): f64 {
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}
