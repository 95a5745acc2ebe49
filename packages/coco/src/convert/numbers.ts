// Numbers in text files: strict reading, and writing without exponents.

/**
 * Decimals of a pixel that survive formats which divide by the picture's size (YOLO, Label Studio,
 * Open Images). Their readers round to it, so that 10.1 comes back as 10.1 and not 10.100000000000001;
 * their writers report what is finer as the loss `precision`.
 */
export const pixelDecimals = 6;

/**
 * Decimals of a fraction of the picture's width, height. Enough to give back `pixelDecimals` exactly for
 * pictures up to 500,000 pixels wide.
 */
export const fractionDecimals = 12;

/** Beyond this a number in an annotation is a broken file, and sums of products would lose their integers. */
const largestSensible = 1e9;

/**
 * The number that a whole text spells in decimal notation, or undefined: `NaN`, `inf`, hexadecimal, an empty
 * text and magnitudes above 1e9 are no numbers here. Spaces around it are allowed.
 */
export function numberFromText(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) return undefined;
  return sensibleNumber(Number(trimmed));
}

/** The value itself where it is a number of a sensible size, else undefined: for what JSON files hold. */
export function sensibleNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= largestSensible ? value : undefined;
}

/** `value` to so many decimals; never `-0`. */
export function roundTo(value: number, decimals: number): number {
  // Through text: multiplying by a power of ten would itself round (1.005 × 100 = 100.49999999999999).
  return Number(value.toFixed(decimals)) + 0;
}

/**
 * Decimal text with at most so many decimals, no trailing zeros, no exponent and no `-0`. Without `decimals`,
 * the shortest text that reads back as the same number.
 *
 * @example
 * decimalText(0.5, 12); // '0.5'
 * decimalText(1e-7); // '0.0000001'
 */
export function decimalText(value: number, decimals?: number): string {
  if (decimals === undefined) {
    const shortest = String(value + 0);
    return shortest.includes('e') ? withoutExponent(shortest) : shortest;
  }
  const fixed = value.toFixed(decimals);
  const short = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  return short === '-0' ? '0' : short;
}

/** `1.5e-7` → `0.00000015`, `1e+21` → `1` and 21 zeros: the digits stay, only the point moves. */
function withoutExponent(text: string): string {
  const [, sign, whole, fraction = '', exponent] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)!;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
