// Numbers of cards, accounts and persons. Check digits are made here by their definitions, apart from the code that is
// tested.
import type { Draw } from './draw.ts';

export function luhn(body: string): string {
  for (let digit = 0; digit < 10; digit++) {
    let sum = 0;
    `${body}${digit}`
      .split('')
      .toReversed()
      .forEach((character, index) => {
        const value = Number(character) * (index % 2 === 1 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
      });
    if (sum % 10 === 0) return `${body}${digit}`;
  }
  throw new Error('no digit passes');
}

export function card(draw: Draw, prefix: string, length: number): string {
  return luhn(prefix + draw.text('digit', length - prefix.length - 1));
}

export function grouped(digits: string, joint: string): string {
  return digits.replaceAll(/(.{4})(?=.)/g, `$1${joint}`);
}

const brands: readonly (readonly [prefixes: readonly string[], length: number])[] = [
  [['4'], 16],
  [['51', '53', '55', '2221', '2720'], 16],
  [['34', '37'], 15],
  [['6011', '65'], 16],
  [['3528', '3589'], 16],
  [['36', '38'], 14],
  [['62'], 16],
];

export function anyCard(draw: Draw): string {
  const [prefixes, length] = draw.pick(brands);
  return card(draw, draw.pick(prefixes), length);
}

const ibans: readonly (readonly [country: string, form: string])[] = [
  ['DE', '{digit:18}'],
  ['GB', '{upper:4}{digit:14}'],
  ['FR', '{digit:10}{upper36:11}{digit:2}'],
  ['NL', '{upper:4}{digit:10}'],
  ['ES', '{digit:20}'],
  ['IT', '{upper:1}{digit:10}{upper36:12}'],
  ['CH', '{digit:5}{upper36:12}'],
  ['PL', '{digit:24}'],
  ['BE', '{digit:12}'],
  ['NO', '{digit:11}'],
];

export function mod97(digits: string): number {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}

export function iban(draw: Draw): string {
  const [country, form] = draw.pick(ibans);
  const account = draw.form(form);
  const digits = `${account}${country}00`
    .split('')
    .map((c) => Number.parseInt(c, 36))
    .join('');
  return `${country}${String(98 - mod97(digits)).padStart(2, '0')}${account}`;
}

export function ssn(draw: Draw, joint: string): string {
  const area = draw.int(1, 899);
  return [
    String(area === 666 ? 667 : area).padStart(3, '0'),
    String(draw.int(1, 99)).padStart(2, '0'),
    String(draw.int(1, 9999)).padStart(4, '0'),
  ].join(joint);
}

/** Draws numbers until the last ones pass: slow and plain, so that it cannot share a mistake with the engine. */
export function drawn(draw: Draw, form: string, passes: (text: string) => boolean): string {
  for (;;) {
    const text = draw.form(form);
    if (passes(text)) return text;
  }
}

export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
}

export function northAmerican(draw: Draw): readonly [string, string, string] {
  return [
    `${draw.int(2, 9)}${draw.int(0, 8)}${draw.int(2, 9)}`,
    `${draw.int(2, 9)}${draw.int(0, 9)}${draw.int(2, 9)}`,
    draw.text('digit', 4),
  ];
}
