import type { Scan } from '../engine/scan.ts';
import { behind } from './behind-pattern.ts';
import { closingQuote } from './closing-quote.ts';
import { afterQuote } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';

/** `"old" -> "new"`, from the quote that closes the old one. */
const CHANGED = /\\{0,7}"\s->\s(?=\\{0,7}")/y;

/** The new value behind the old one that ends at `end`, as plans of Terraform print a change. */
export function findChanged(scan: Scan, end: number): void {
  const quote = behind(CHANGED, scan, end);
  if (quote < 0) return;
  const from = afterQuote(scan, quote);
  const to = closingQuote(scan, from, scan.text.slice(quote, from));
  if (to > from && !isPlaceholder(scan.text, from, to)) scan.found(SENSITIVE_KEY, from, to);
}
