import { closingQuote } from './closing-quote.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterQuote } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';

const ARGUMENT = /[ \t]{1,8}(?:-String[ \t]{1,8})?(?=\\{0,7}["'])/iy;

/** `ConvertTo-SecureString "…" -AsPlainText`: a password as PowerShell takes it from a script. */
export const powershellPassword: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  anchors: ['convertto-securestring'],
  find(scan, _start, end) {
    const { text } = scan;
    ARGUMENT.lastIndex = end;
    if (!ARGUMENT.test(text)) return false;
    const quote = ARGUMENT.lastIndex;
    const from = afterQuote(scan, quote);
    const to = closingQuote(scan, from, text.slice(quote, from));
    if (to <= from || isPlaceholder(text, from, to)) return false;
    return scan.found('command_password', from, to);
  },
};

export const powershellPasswordExamples: DetectorExamples = {
  finds: [
    'ConvertTo-SecureString "<<letmein>>" -AsPlainText -Force',
    "$password = ConvertTo-SecureString -String '<<let me in>>' -AsPlainText",
  ],
  leaves: [
    'ConvertTo-SecureString $password -AsPlainText -Force',
    'ConvertTo-SecureString "$password" -AsPlainText',
    '$s | ConvertTo-SecureString',
  ],
};
