import { SENSITIVE_KEY } from './detectors/sensitive-key.ts';
import { personalNames } from './keys/personal-names.ts';
import type { RedactionAction } from './policy/redaction-policy.ts';
import type { TextRedactor } from './text-redactor.ts';

/** Why a stretch of a text would not leave. Holds places, never the value. */
export interface Explanation {
  readonly kind: string;
  /** In UTF-16 code units, as `slice` takes them. */
  readonly start: number;
  readonly end: number;
  readonly action: RedactionAction;
  /** For people: `the name of its key says that it is secret`. */
  readonly because: string;
}

/** What would be taken out of a text, without taking it out and without counting it. */
export function explain(
  redactor: TextRedactor,
  action: (kind: string) => RedactionAction,
  text: string,
): readonly Explanation[] {
  return redactor.findings(text).map(({ kind, from, to }) => ({
    kind,
    start: from,
    end: to,
    action: action(kind),
    because: reason(kind),
  }));
}

function reason(kind: string): string {
  if (kind === SENSITIVE_KEY) return 'the name of its key says that it is secret';
  if (Object.hasOwn(personalNames, kind))
    return `it has the format of ${kind}, or its label says so`;
  return `it has the format of ${kind}`;
}
