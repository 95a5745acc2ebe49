// The error function, which ECMAScript lacks. Its Maclaurin series near 0 and Lentz's continued fraction of erfc further
// out (Abramowitz and Stegun 7.1.5 and 7.1.14), both to the last bits of a float64.

const maxTerms = 200;

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. */
export function erf(x: number): number {
  const distance = Math.abs(x);
  if (distance > 6) return Math.sign(x);
  if (distance < 2.5) {
    let term = x;
    let sum = x;
    for (let n = 1; n < maxTerms && Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  // erfc(x) = exp(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))), evaluated from its far end.
  let fraction = distance;
  for (let n = maxTerms; n > 0; n--) fraction = distance + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction);
}
