import type { Redactor } from '../redactor.ts';
import { parseJson } from './json/parse-json.ts';
import { redactJson } from './json/redact-json.ts';
import { partsOf } from './parts-of-text.ts';

/** Told where the redactor looks, before it does. `line` counts from 1. */
export type Locate = (where: string, line: number | undefined) => void;

/** A text with everything that was found replaced: JSON as one document, a document a line, or plain text. */
export function scanText(
  text: string,
  redactor: Redactor,
  locate: Locate,
  found: (kind: string) => void,
): string {
  const whole = parseJson(text);
  if (whole !== undefined) return redactJson(whole, redactor, (where) => locate(where, undefined));
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first !== undefined && parseJson(first) !== undefined)
    return lines
      .map((line, index) => redactLine(line, index + 1, redactor, locate, found))
      .join('\n');
  return redactPlain(text, 0, redactor, locate, found);
}

function redactLine(
  line: string,
  number: number,
  redactor: Redactor,
  locate: Locate,
  found: (kind: string) => void,
): string {
  const json = parseJson(line);
  return json === undefined
    ? redactPlain(line, number - 1, redactor, locate, found)
    : redactJson(json, redactor, (where) => locate(where, number));
}

/** Findings are told by their place in the text: the redactor itself does not know of lines. */
function redactPlain(
  text: string,
  linesBefore: number,
  redactor: Redactor,
  locate: Locate,
  found: (kind: string) => void,
): string {
  let line = linesBefore + 1;
  let counted = 0;
  const findings = redactor.explain(text);
  for (const { kind, start } of findings) {
    for (
      let at = text.indexOf('\n', counted);
      at >= 0 && at < start;
      at = text.indexOf('\n', counted)
    ) {
      line++;
      counted = at + 1;
    }
    locate('text', line);
    found(kind);
  }
  locate('', undefined);
  return partsOf(text, findings)
    .map((part) => redactor.redact(part))
    .join('');
}
