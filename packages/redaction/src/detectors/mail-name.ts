import type { Detector, DetectorExamples } from './detector.ts';

/** A name, quoted or as words that start with a capital, and the address behind it. */
const NAME =
  /[ \t]{0,4}(?:"([^"\n<>@]{2,64})"|(\p{Lu}[\p{L}\p{M}.'’-]{1,24}(?: \p{Lu}[\p{L}\p{M}.'’-]{0,24}){1,3}))[ \t]{0,2}<(?=[^<>\s@]{1,64}@|\[REDACTED)/uy;
const LINE = /(?:^|[\n\r"'\\nr>| ])$/;

/** The name of a person in the head of a mail: `From: "Ada Lovelace" <ada@example.com>`. */
export const mailName: Detector = {
  kind: 'person_name',
  preset: 'pii',
  anchors: ['from:', 'to:', 'cc:', 'bcc:', 'reply-to:', 'sender:'],
  find(scan, start, end) {
    if (!LINE.test(scan.text.slice(Math.max(0, start - 1), start))) return false;
    NAME.lastIndex = end;
    const match = NAME.exec(scan.text);
    const name = match?.[1] ?? match?.[2];
    if (name === undefined || name.startsWith('[REDACTED')) return false;
    const from = scan.text.indexOf(name, end);
    return scan.found('person_name', from, from + name.length);
  },
};

export const mailNameExamples: DetectorExamples = {
  finds: ['From: "<<Ada Lovelace>>" <ada', 'To: <<Ada Lovelace>> <ada'].map((form) => `${form}@`),
  leaves: ['From: 2026-01-02', 'to: the moon <', 'Cc: "all"'],
};
