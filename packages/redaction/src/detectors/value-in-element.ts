import type { Scan } from '../engine/scan.ts';
import { behind } from './behind-pattern.ts';
import { nameStart } from './key-name.ts';
import { valueElementStart } from './value-forms.ts';
import { assigned, NO_VALUE, type ValueStart } from './value-start.ts';

const LONGEST_ELEMENT = 4096;
const SPACES_AND_LINES = /\s{0,40}/y;
const NAMESPACE = /<\w{1,20}:$/;
const REST_OF_TAG = /\s[^<>]{1,200}(?<!\/)>(?=[^<>\s])/y;

/** The value that an element with that name holds from `from` on. */
export function asElement(scan: Scan, from: number, nameAnchor: number): ValueStart {
  if (!isElementName(scan, nameAnchor)) return NO_VALUE;
  const content = behind(SPACES_AND_LINES, scan, from);
  const nested = scan.text[content] === '<' ? valueElementStart(scan, content) : -1;
  if (nested >= 0) return { at: nested, manner: 'paired' };
  // `<YOUR_KEY>` at the end of a line is a placeholder, and so is `<password>@host`.
  if ('@:/'.includes(scan.text.charAt(content))) return NO_VALUE;
  const close = scan.nextOf('</', content);
  const isElement = content === from || (close < scan.length && close - content < LONGEST_ELEMENT);
  return isElement ? assigned(content) : NO_VALUE;
}

/** `<wsse:Password Type="…">value</wsse:Password>` */
export function asElementWithAttributes(scan: Scan, from: number, nameAnchor: number): number {
  return isElementName(scan, nameAnchor) ? behind(REST_OF_TAG, scan, from) : -1;
}

/** Whether the name is that of an element, which may have a name space: `<wsse:Password`. */
function isElementName(scan: Scan, nameAnchor: number): boolean {
  const start = nameStart(scan, nameAnchor);
  const before = scan.text[start - 1];
  if (before === '<') return true;
  return before === ':' && NAMESPACE.test(scan.text.slice(Math.max(0, start - 24), start));
}
