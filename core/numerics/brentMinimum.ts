/**
 * The minimum of a function of one variable: the two starting points are first moved downhill by golden steps until they
 * enclose a minimum, then Brent's method closes in (Brent, R. P. (1973) Algorithms for Minimization without Derivatives,
 * ch. 5). Steps and limits are those of SciPy's `optimize.brent`, so that the same minimum is found.
 */
export function brentMinimum(f: (x: number) => number, from: number, to: number): number {
  const [a, b, c] = enclosed(f, from, to);
  let low = Math.min(a, c);
  let high = Math.max(a, c);
  let x = b;
  let w = b;
  let v = b;
  let fx = f(b);
  let fw = fx;
  let fv = fx;
  let step = 0;
  let before = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const tolerance = RELATIVE * Math.abs(x) + SMALLEST_STEP;
    const middle = 0.5 * (low + high);
    if (Math.abs(x - middle) < 2 * tolerance - 0.5 * (high - low)) break;
    if (Math.abs(before) <= tolerance) {
      before = x >= middle ? low - x : high - x;
      step = GOLDEN_SHARE * before;
    } else {
      const one = (x - w) * (fx - fv);
      const two = (x - v) * (fx - fw);
      let p = (x - v) * two - (x - w) * one;
      const twice = 2 * (two - one);
      if (twice > 0) p = -p;
      const q = Math.abs(twice);
      const last = before;
      before = step;
      if (p > q * (low - x) && p < q * (high - x) && Math.abs(p) < Math.abs(0.5 * q * last)) {
        step = p / q;
        const u = x + step;
        if (u - low < 2 * tolerance || high - u < 2 * tolerance) step = middle - x >= 0 ? tolerance : -tolerance;
      } else {
        before = x >= middle ? low - x : high - x;
        step = GOLDEN_SHARE * before;
      }
    }
    const u = Math.abs(step) < tolerance ? x + (step >= 0 ? tolerance : -tolerance) : x + step;
    const fu = f(u);
    if (fu > fx) {
      if (u < x) low = u;
      else high = u;
      if (fu <= fw || w === x) {
        [v, fv, w, fw] = [w, fw, u, fu];
      } else if (fu <= fv || v === x || v === w) [v, fv] = [u, fu];
    } else {
      if (u >= x) low = x;
      else high = x;
      [v, fv, w, fw, x, fx] = [w, fw, x, fx, u, fu];
    }
  }
  return x;
}

/** Three points of which the middle one is lowest. */
function enclosed(f: (x: number) => number, from: number, to: number): [number, number, number] {
  let [a, b] = [from, to];
  let fa = f(a);
  let fb = f(b);
  if (fa < fb) [a, fa, b, fb] = [b, fb, a, fa];
  let c = b + GOLDEN * (b - a);
  let fc = f(c);
  for (let round = 0; fc < fb && round < MOST_ROUNDS; round++) {
    const one = (b - a) * (fb - fc);
    const two = (b - c) * (fb - fa);
    const difference = two - one;
    const divisor = Math.abs(difference) < SMALLEST_DIVISOR ? 2 * SMALLEST_DIVISOR : 2 * difference;
    let w = b - ((b - c) * two - (b - a) * one) / divisor;
    const farthest = b + LONGEST_STEP * (c - b);
    let fw: number;
    if ((w - c) * (b - w) > 0) {
      fw = f(w);
      if (fw < fc) return [b, w, c];
      if (fw > fb) return [a, b, w];
      w = c + GOLDEN * (c - b);
      fw = f(w);
    } else if ((w - farthest) * (farthest - c) >= 0) {
      w = farthest;
      fw = f(w);
    } else if ((w - farthest) * (c - w) > 0) {
      fw = f(w);
      if (fw < fc) {
        [b, c] = [c, w];
        [fb, fc] = [fc, fw];
        w = c + GOLDEN * (c - b);
        fw = f(w);
      }
    } else {
      w = c + GOLDEN * (c - b);
      fw = f(w);
    }
    [a, fa, b, fb, c, fc] = [b, fb, c, fc, w, fw];
  }
  return [a, b, c];
}

const MOST_ROUNDS = 500;
const RELATIVE = 1.48e-8;
const SMALLEST_STEP = 1e-11;
const GOLDEN_SHARE = 0.381966;
const GOLDEN = 1.618034;
const SMALLEST_DIVISOR = 1e-21;
const LONGEST_STEP = 110;
