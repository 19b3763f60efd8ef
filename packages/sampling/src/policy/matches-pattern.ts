/**
 * True when `text` is `pattern`, in which each `*` stands for any text, also none. Takes time in proportion to the
 * product of both lengths at worst; there is no pattern that makes it slower.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let textAt = 0;
  let star = -1;
  let afterStar = 0;
  while (textAt < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      afterStar = textAt;
    } else if (wanted === text[textAt]) {
      at++;
      textAt++;
    } else if (star >= 0) {
      // The star takes one character more.
      at = star + 1;
      textAt = ++afterStar;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
