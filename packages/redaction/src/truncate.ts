/** Longest placeholder: `[REDACTED:`, a kind of up to 40 characters, ` @`, an id of up to 32, `]`. */
const LONGEST_PLACEHOLDER = 85;

/** The first `limit` characters, less where the cut would split a placeholder or a surrogate pair. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let cut = limit;
  const open = text.lastIndexOf('[REDACTED', cut - 1);
  if (open >= 0 && cut - open < LONGEST_PLACEHOLDER) {
    const close = text.indexOf(']', open);
    if (close >= cut && close - open < LONGEST_PLACEHOLDER) cut = open;
  }
  const last = text.charCodeAt(cut - 1);
  if (last >= 0xd800 && last < 0xdc00) cut--;
  return text.slice(0, cut);
}
