// Dimensions that may be names. A dimension is a number, or the text of an expression over names such as `N`, `N*49` or
// `floor((H-1)/2)+1`; equal texts are equal dimensions. `?` stands for one of which nothing is known: it equals nothing.
// The arithmetic keeps texts canonical for what networks do (convolutions, pooling, reshapes), not in general.

export type Dim = number | string;
export type Shape = readonly Dim[];

export const unknownDim = '?';

/** True where both are surely the same number. */
export const isSameDim = (a: Dim, b: Dim): boolean => a === b && a !== unknownDim;

export const isStatic = (shape: Shape): shape is readonly number[] =>
  shape.every((dim) => typeof dim === 'number');

const isSum = (text: string) => /[+-](?![^(]*\))/.test(text);

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === unknownDim || b === unknownDim) return unknownDim;
  if (typeof a === 'number') return addDims(b, a);
  if (typeof b === 'string') return `${a}+${b}`;
  const [, head, tail] = /^(.*?)([+-]\d+)?$/.exec(a)!;
  const sum = Number(tail ?? 0) + b;
  return sum === 0 ? head : `${head}${sum > 0 ? '+' : ''}${sum}`;
}

export function subtractDims(a: Dim, b: Dim): Dim {
  if (typeof b === 'number') return addDims(a, -b);
  if (a === unknownDim || b === unknownDim) return unknownDim;
  return a === b ? 0 : `${a}-${isSum(b) ? `(${b})` : b}`;
}

export const multiplyDims = (a: Dim, b: Dim): Dim => productOf([a, b]);

/** The product of some dimensions; numbers come last, as in `N*49`. */
export function productOf(dims: Shape): Dim {
  const { factors, scale } = factorsOf(dims);
  if (scale === 0) return 0;
  if (factors.includes(unknownDim)) return unknownDim;
  if (factors.length === 0) return scale;
  if (factors.length === 1 && scale === 1) return factors[0];
  const texts = factors.map((factor) => (isSum(factor) ? `(${factor})` : factor)).sort();
  return [...texts, ...(scale === 1 ? [] : [scale])].join('*');
}

/** `floor(a / b)` for a positive number `b`. */
export function floorDivideDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return Math.floor(a / b);
  if (a === unknownDim || b === unknownDim) return unknownDim;
  return quotientOf([a], [b]) ?? `floor(${typeof a === 'string' && isSum(a) ? `(${a})` : a}/${b})`;
}

/** The product of `dims` divided by that of `divisors` where it surely goes without a rest, else undefined. */
export function quotientOf(dims: Shape, divisors: Shape): Dim | undefined {
  const over = factorsOf(dims);
  const under = factorsOf(divisors);
  for (const factor of under.factors) {
    const at = over.factors.indexOf(factor);
    if (at < 0 || factor === unknownDim) return undefined;
    over.factors.splice(at, 1);
  }
  const scale = over.scale / under.scale;
  return Number.isInteger(scale) ? productOf([...over.factors, scale]) : undefined;
}

/** Splits products at the top level: `N*49` and 2 are the factor `N` and the scale 98. */
function factorsOf(dims: Shape): { factors: string[]; scale: number } {
  const factors: string[] = [];
  let scale = 1;
  for (const dim of dims) {
    if (typeof dim === 'number') scale *= dim;
    else if (isSum(dim) || dim.includes('(')) factors.push(dim);
    else
      for (const part of dim.split('*')) {
        if (/^\d+$/.test(part)) scale *= Number(part);
        else factors.push(part);
      }
  }
  return { factors, scale };
}

/**
 * The dimension of two that are broadcast against each other, by NumPy's rule; undefined where they cannot be.
 * A name against a number other than 1 must be that number.
 */
export function broadcastDim(a: Dim, b: Dim): Dim | undefined {
  if (a === b) return a;
  if (a === 1) return b;
  if (b === 1) return a;
  if (typeof a === 'number') return typeof b === 'number' ? undefined : a;
  if (typeof b === 'number') return b;
  return unknownDim;
}

/** The shape of several broadcast against each other, or undefined where they do not fit. */
export function broadcastShapes(...shapes: readonly Shape[]): Shape | undefined {
  const rank = Math.max(...shapes.map(({ length }) => length));
  const out: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    let dim: Dim = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      const joined = broadcastDim(dim, own);
      if (joined === undefined) return undefined;
      dim = joined;
    }
    out.push(dim);
  }
  return out;
}

/** `[N,64,H,W]`, as prints show a shape. */
export const printShape = (shape: Shape | undefined): string =>
  shape === undefined ? '[…]' : `[${shape.join(',')}]`;
