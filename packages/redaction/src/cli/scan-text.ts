import type { Redactor } from '../redactor.ts';
import { isOtlp, redactOtlp } from './otlp/redact-otlp.ts';

/** Told where the redactor looks, before it does. `line` counts from 1. */
export type Locate = (where: string, line: number | undefined) => void;

/** A text with everything that was found replaced: JSON as one document, a document a line, or plain text. */
export function scanText(
  text: string,
  redactor: Redactor,
  locate: Locate,
  found: (kind: string) => void,
): string {
  const whole = parsed(text);
  if (whole !== undefined) {
    const redacted = redactJson(whole.value, redactor, (where) => locate(where, undefined));
    if (redacted === whole.value) return text;
    return `${JSON.stringify(redacted, undefined, text.trim().includes('\n') ? 2 : undefined)}${text.endsWith('\n') ? '\n' : ''}`;
  }
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first !== undefined && parsed(first) !== undefined)
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
  const json = parsed(line);
  if (json === undefined) return redactPlain(line, number - 1, redactor, locate, found);
  const redacted = redactJson(json.value, redactor, (where) => locate(where, number));
  return redacted === json.value
    ? line
    : JSON.stringify(redacted) + (line.endsWith('\r') ? '\r' : '');
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
  for (const { kind, start } of redactor.explain(text)) {
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
  return redactor.redact(text);
}

function redactJson(value: unknown, redactor: Redactor, at: (where: string) => void): unknown {
  if (isOtlp(value)) return redactOtlp(value, redactor, at);
  if (Array.isArray(value)) {
    const list = value.map((item: unknown) => redactJson(item, redactor, at));
    return list.every((item, index) => item === value[index]) ? value : list;
  }
  at('JSON');
  return redactor.redactDeep(value);
}

/** Only objects and lists: a line that is a number or a quoted text is a line of text. */
function parsed(text: string): { readonly value: object } | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { value } : undefined;
  } catch {
    return undefined;
  }
}
