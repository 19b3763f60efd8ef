import type { Scan } from '../engine/scan.ts';
import { behind } from './behind-pattern.ts';
import { nameStart } from './key-name.ts';

/** `password: !unsafe '…'`: a tag of YAML. */
const TAGGED = /![\w-]{1,16}[ \t]{1,4}(?=["'])/y;
/** `"adminPassword": { "value": "…" }`, as templates of Azure have it. */
const NESTED =
  /\{\s{0,24}\\{0,7}["']?(?:value|plaintext|default)\\{0,7}["']?\s{0,4}[:=]\s{0,4}(?=\\{0,7}["'])/iy;
/** As far as a stream looks ahead. `DBPassword:` and below it `Default: …`, as templates of CloudFormation have it. */
const DEFAULT_LINE =
  /(?:\r?\n|\\n)[ \t]{1,32}(?:(?:Type|Description|NoEcho|MinLength|MaxLength|AllowedPattern|ConstraintDescription):[^\n\\]{0,64}(?:\r?\n|\\n)[ \t]{1,16}){0,4}Default:[ \t]{1,4}/y;
/** `.type('…')` and the like behind what finds the field, `'input[type=password]', '…'`. */
const TYPED_INTO =
  /\]?\\{0,7}["'`]?\){1,2}\s{0,2}\.(?:type|fill|send_keys|sendKeys|setValue|set_value|val|pressSequentially)\(\s{0,2}(?=\\{0,7}["'`])|\]\\{0,7}["'`],\s?(?=\\{0,7}["'`])/y;
const VALUE_ELEMENT = /<(?:value|string|plaintext)>\s{0,8}(?=[^<\s])/iy;
const ARROW = /->\s{1,4}(?=\\{0,7}")/y;
const ARROW_OR_WORD =
  /[ \t]{0,2}(?:-{1,2}>|=>|→|⇒|» )[ \t]{1,4}(?=[^\s"'`])| (?:value|string|material) (?=[^\s"'`])/y;
/** `Password textbox",` and further members: an agent tells which field it fills. */
const FIELD = / (?:text ?)?(?:box|field|input|feld)\\{0,7}["'](?=,)/y;

/** Where the value starts that stands inside of what follows `name:`, or -1. */
export function innerStart(scan: Scan, at: number): number {
  switch (scan.text[at]) {
    case '!':
      return behind(TAGGED, scan, at);
    case '{':
      return behind(NESTED, scan, at);
    case '\n':
    case '\r':
    case '\\':
      return behind(DEFAULT_LINE, scan, at);
    default:
      return -1;
  }
}

/** Where the text starts that is typed into the field with the name that ends before `at`, or -1. */
export function typedStart(scan: Scan, at: number, nameAnchor: number): number {
  const start = behind(TYPED_INTO, scan, at);
  // `[type=password]`: otherwise a bracket may be that of a placeholder.
  if (start < 0 || scan.text[at] !== ']') return start;
  const name = nameStart(scan, nameAnchor);
  return /=["']?$/.test(scan.text.slice(Math.max(0, name - 2), name)) ? start : -1;
}

/** Where the content of the element starts that holds the value of the one around, or -1. */
export function valueElementStart(scan: Scan, at: number): number {
  return behind(VALUE_ELEMENT, scan, at);
}

/** Behind `->` before a text in quotes, or -1. */
export function arrowEnd(scan: Scan, at: number): number {
  return behind(ARROW, scan, at);
}

/** The same before a word, which must then look like a secret: "token -> …", "secret value …", or -1. */
export function arrowOrWordEnd(scan: Scan, at: number): number {
  return behind(ARROW_OR_WORD, scan, at);
}

/** Behind the quote that ends the description of a field, or -1. */
export function fieldEnd(scan: Scan, at: number): number {
  return behind(FIELD, scan, at);
}
