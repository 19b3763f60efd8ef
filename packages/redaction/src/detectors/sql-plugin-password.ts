import { closingQuote } from './closing-quote.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterQuote } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';

const PLUGIN = /[ \t]{1,4}['"`]?\w{1,64}['"`]?[ \t]{1,4}(?:by|as)[ \t]{1,4}(?=\\{0,7}['"])/iy;

/** `IDENTIFIED WITH mysql_native_password BY '…'` */
export const sqlPluginPassword: Detector = {
  kind: 'sensitive_key',
  preset: 'secrets',
  anchors: ['identified with'],
  find(scan, _start, end) {
    const { text } = scan;
    PLUGIN.lastIndex = end;
    if (!PLUGIN.test(text)) return false;
    const quote = PLUGIN.lastIndex;
    const from = afterQuote(scan, quote);
    const to = closingQuote(scan, from, text.slice(quote, from));
    if (to <= from || isPlaceholder(text, from, to)) return false;
    return scan.found('sensitive_key', from, to);
  },
};

export const sqlPluginPasswordExamples: DetectorExamples = {
  finds: ["CREATE USER a IDENTIFIED WITH mysql_native_password BY '<<letmein>>'"],
  leaves: ['users are identified with a token by us', "IDENTIFIED WITH auth_socket AS ''"],
};
