import { closingQuote } from './closing-quote.ts';
import type { Scan } from '../engine/scan.ts';
import type { Detector, DetectorExamples } from './detector.ts';
import { afterQuote } from './key-name.ts';
import { isPlaceholder } from './placeholder-value.ts';

const ARGUMENT =
  /[ \t]{1,8}(?:-(?:String|AsPlainText|Force|a|s|f)(?:[ \t]{1,8}|:)){0,3}(?=\\{0,7}["'])/iy;

const BARE =
  /[ \t]{1,8}(?:-String[ \t]{1,8})?([^\s"'$()|;-][^\s"'|;]{0,255})(?=[ \t]{1,8}-AsPlainText)/iy;
/** `NetworkCredential("user", "…")`, `PSCredential` takes no text. */
const SECOND_ARGUMENT = /\s{0,8}\\{0,7}["'][^"'\n]{0,128}["']\s{0,8},\s{0,8}(?=\\{0,7}["'])/y;

/** `ConvertTo-SecureString "…" -AsPlainText`: a password as PowerShell takes it from a script. */
export const powershellPassword: Detector = {
  kind: 'command_password',
  preset: 'secrets',
  anchors: ['convertto-securestring', 'networkcredential('],
  insideWord: true,
  find(scan, _start, end) {
    const { text } = scan;
    const argument = text[end - 1] === '(' ? SECOND_ARGUMENT : ARGUMENT;
    argument.lastIndex = end;
    if (!argument.test(text)) return argument === ARGUMENT && findBare(scan, end);
    const quote = argument.lastIndex;
    const from = afterQuote(scan, quote);
    const to = closingQuote(scan, from, text.slice(quote, from));
    if (to <= from || isPlaceholder(text, from, to)) return false;
    return scan.found('command_password', from, to);
  },
};

function findBare(scan: Scan, end: number): boolean {
  BARE.lastIndex = end;
  const word = BARE.exec(scan.text)?.[1];
  if (word === undefined) return false;
  const from = BARE.lastIndex - word.length;
  return (
    !isPlaceholder(scan.text, from, BARE.lastIndex) &&
    scan.found('command_password', from, BARE.lastIndex)
  );
}

export const powershellPasswordExamples: DetectorExamples = {
  finds: [
    'ConvertTo-SecureString "<<letmein>>" -AsPlainText -Force',
    "$password = ConvertTo-SecureString -String '<<let me in>>' -AsPlainText",
    'ConvertTo-SecureString <<letmein>> -AsPlainText -Force',
    "ConvertTo-SecureString -AsPlainText '<<letmein>>' -Force",
    'ConvertTo-SecureString -Force -AsPlainText "<<letmein>>"',
    'New-Object System.Net.NetworkCredential("ada", "<<letmein>>")',
  ],
  leaves: [
    'ConvertTo-SecureString $password -AsPlainText -Force',
    'ConvertTo-SecureString "$password" -AsPlainText',
    '$s | ConvertTo-SecureString',
  ],
};
