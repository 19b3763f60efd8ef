import { escapeDollar } from './escape-dollar.ts';

/** A text in OTTL, the Collector's language for conditions: in double quotes, with Go's escapes. */
export function ottlString(text: string): string {
  // Half a surrogate pair is no text in Go; exporters write U+FFFD for it as well.
  return escapeDollar(JSON.stringify(text.toWellFormed()));
}

/** A number in OTTL, which knows no exponents. */
export function ottlNumber(value: number): string {
  const text = withoutExponent(value);
  // Whole numbers are 64 bits long there.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? `${text}.0` : text;
}

function withoutExponent(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  return point <= 0
    ? `${sign}0.${'0'.repeat(-point)}${digits}`
    : `${sign}${digits.padEnd(point, '0')}`;
}
