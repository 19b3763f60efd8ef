/** The digits times `weights`, added up. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

/** A number too long for a double, modulo a small one. */
export function modulo(digits: string, divisor: number): number {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % divisor;
  return remainder;
}

/** Whether a month and a day stand at these places. */
export function hasDate(number: string, month: number, day: number): boolean {
  const monthOf = Number(number.slice(month, month + 2));
  const dayOf = Number(number.slice(day, day + 2));
  return monthOf >= 1 && monthOf <= 12 && dayOf >= 1 && dayOf <= 31;
}

/** ISO 7064, modulus 11 and 10: the check digit of the German tax number. */
export function passesMod11And10(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

// The multiplication and permutation tables of Verhoeff's check.
const PRODUCT =
  '0123456789 1234067895 2340178956 3401289567 4012395678 5987604321 6598710432 7659821043 8765932104 9876543210'.split(
    ' ',
  );
const PERMUTATION =
  '0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258'.split(
    ' ',
  );

export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  digits
    .split('')
    .toReversed()
    .forEach((digit, index) => {
      check = Number(PRODUCT[check]![Number(PERMUTATION[index % 8]![Number(digit)])]);
    });
  return check === 0;
}

/** The check character of Luhn's algorithm over digits and letters. */
export function luhnMod36(text: string): string {
  let sum = 0;
  for (const [index, character] of text.split('').entries()) {
    const product = Number.parseInt(character, 36) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return ((36 - (sum % 36)) % 36).toString(36).toUpperCase();
}
