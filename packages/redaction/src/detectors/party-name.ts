import { placeIn } from './behind-pattern.ts';
import type { Detector, DetectorExamples } from './detector.ts';

/** `<Dbtr><Nm>`: the element around says whose name it is. */
const PARTY =
  /<(?:\w{1,16}:)?(?:(?:Ultmt)?(?:Dbtr|Cdtr)|InitgPty|Pty|PrvtId|Invstr|AcctOwnr|Ownr|Bnfcry)(?:\s[^<>]{0,96})?>\s{0,40}<(?:\w{1,16}:)?$/;
/** The same in JSON: `"Dbtr": {"Nm": …`. */
const MEMBER =
  /["'](?:(?:Ultmt)?(?:Dbtr|Cdtr)|InitgPty|Pty|(?:Debtor|Creditor)(?:Account)?)\\{0,7}["']\s{0,4}:\s{0,4}\{[^{}]{0,96}["']$/;
const ELEMENT = />([^<>\n]{2,140})<\//dy;
const VALUE = /\\{0,7}["']\s{0,4}:\s{0,4}\\{0,7}["']([^"'\\\n]{2,140})\\{0,7}["']/dy;
const REACH = 160;
const NAME = /^\p{L}[\p{L}\p{M}\d .,'’&()/-]*$/u;

/** Who pays and who is paid, in messages of ISO 20022: the name of a bank stands in another element. */
export const partyName: Detector = {
  kind: 'person_name',
  preset: 'pii',
  level: 'likely',
  anchors: ['nm>', 'nm"'],
  find(scan, start, end) {
    const { text } = scan;
    const isElement = text[end - 1] === '>';
    const place = placeIn(isElement ? ELEMENT : VALUE, scan, end - 1);
    if (place === undefined) return false;
    const before = text.slice(Math.max(0, start - REACH), start);
    scan.work += before.length;
    if (!(isElement ? PARTY : MEMBER).test(before)) return false;
    if (NAME.test(text.slice(...place))) scan.alsoFound('person_name', ...place);
    return false;
  },
};

export const partyNameExamples: DetectorExamples = {
  finds: [
    '<Dbtr><Nm><<Ada Lovelace>></Nm></Dbtr>',
    '<ns2:UltmtCdtr>\n  <ns2:Nm><<Ada Lovelace>></ns2:Nm>',
    '{"Dbtr":{"Nm":"<<Ada Lovelace>>"}}',
  ],
  leaves: ['<FinInstnId><Nm>Example Bank</Nm>', '<Form>x</Form>', '{"nm":"eth0"}', '<Nm>x y</Nm>'],
};
