import { isIn, LETTERS } from './characters.ts';

/** For each letter, those that often follow it in words and names of code. Two of five pairs drawn at random are in here. */
const FOLLOWERS =
  'bcdgilmnprstuvyk aeiloruysj acehiklortuy adeiorsuybg acdefgilmnopqrstvwxy aefilortu aeghilnorsu aeiortuy abcdefgklmnoprstvz aeosu einsao abdefikopstuvyl abeimopsu acdefgiknostuvy abcdfgiklmnoprstuvw aehiloprstuy ul acdefgiklmnoprstuvy acehiklmopqstuwy acefhilmoprstuwy abcdegilmnprst aeio aehinors aceipt aelmnopst aeio'.split(
    ' ',
  );

const isCommon = new Uint8Array(26 * 26);
FOLLOWERS.forEach((followers, first) => {
  for (const follower of followers) isCommon[first * 26 + follower.charCodeAt(0) - 97] = 1;
});

/** 0 to 25 for the letters of ASCII, and -1. */
const letterOf = new Int8Array(128).map((_, code) => (isIn(LETTERS, code) ? (code | 32) - 97 : -1));

/** How many pairs of neighbouring letters there are, and how many of them often stand in words. */
export function wordPairs(
  text: string,
  from: number,
  to: number,
): { pairs: number; common: number } {
  let pairs = 0;
  let common = 0;
  let previous = -1;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const letter = code < 128 ? letterOf[code]! : -1;
    if (letter >= 0 && previous >= 0) {
      pairs++;
      common += isCommon[previous * 26 + letter]!;
    }
    previous = letter;
  }
  return { pairs, common };
}
