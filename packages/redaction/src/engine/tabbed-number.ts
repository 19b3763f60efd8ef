const TAB = 9;
/** How far the row around a tab is looked for. */
const REACH = 48;
/**
 * Cells that are the groups of one number: of an account, of a card, a phone or an id. A longer row is one of a table, and
 * so is one with a cell that can be a number alone.
 */
const ROW =
  /(?:[A-Z]{2}\d{2}(?:\t[A-Z\d]{1,4}){3,8}|\+?\(?\d{1,7}\)?(?:\t\d{1,7}){1,4})(?![\w.,]|\t\d)/y;
/** What such a row is made of, by the code of the character. */
const IN_ROW: Uint8Array = new Uint8Array(128);
for (const character of '\t+()0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')
  IN_ROW[character.charCodeAt(0)] = 1;
const LEAST_DIGITS = 7;
/** Three counts side by side have the sizes of a social security number as well. */
const SOCIAL_SECURITY = /^\d{3}\t\d\d\t\d{4}$/;
const ITS_LABEL = /(?:ssn|social security|itin)[^\n]{0,16}$/i;

/** Whether the tab at `at` stands between the groups of a card, a phone or an account, as in the output of a terminal. */
export function joinsGroups(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== TAB) return false;
  let start = at;
  while (start > at - REACH && isInRow(text, start - 1)) start--;
  let end = at + 1;
  while (end < start + REACH && isInRow(text, end)) end++;
  if (end - start >= REACH) return false;
  for (; start < at; start = text.indexOf('\t', start) + 1) {
    ROW.lastIndex = start;
    const row = ROW.exec(text)?.[0];
    if (row === undefined || start + row.length <= at) continue;
    if (row.replaceAll(/\D/g, '').length < LEAST_DIGITS) return false;
    return (
      !SOCIAL_SECURITY.test(row) || ITS_LABEL.test(text.slice(Math.max(0, start - REACH), start))
    );
  }
  return false;
}

/** Whether a cell of such a row may start at `at`. */
export function isInRow(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 128 && IN_ROW[code] === 1;
}
