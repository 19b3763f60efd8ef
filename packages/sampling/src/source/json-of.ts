const BYTE_ORDER_MARK = '\uFEFF';

/** JSON as editors write it: some put a byte order mark in front. */
export function jsonOf(text: string): unknown {
  return JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
}
