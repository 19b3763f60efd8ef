import { nationalIds } from './detectors/national-ids/all-national-ids.ts';
import type { TimeBudget } from './engine/time-budget.ts';
import { keySegments } from './keys/key-segments.ts';
import type { TextRedactor } from './text-redactor.ts';

const kinds: ReadonlySet<string> = new Set(nationalIds.map(({ kind }) => kind));
/** Longest name and longest text that are looked at together. */
const LONGEST = 128;

/** Whether the policy looks for numbers of persons and companies. */
export function findsNationalIds(added: ReadonlySet<string>): boolean {
  return added.has('national_ids') || [...kinds].some((kind) => added.has(kind));
}

/** Takes the number out of a text that the name of the text is the label of: `{ nhs_number: '…' }`. */
export function labelledIds(
  redactor: TextRedactor,
  budget: TimeBudget,
): (name: string, text: string) => string {
  return (name, text) => {
    if (name.length > LONGEST || text.length > LONGEST || !/\d/.test(text)) return text;
    if (redactor.isAllowed(text)) return text;
    const label = `${keySegments(name).join(' ')}: `;
    budget.start(label.length + text.length);
    try {
      const found = redactor
        .findings(label + text)
        .filter(({ kind, from }) => kinds.has(kind) && from >= label.length);
      let left = '';
      let at = 0;
      for (const { kind, from, to } of found) {
        const start = from - label.length;
        left +=
          text.slice(at, start) + redactor.replace(kind, text.slice(start, to - label.length));
        at = to - label.length;
      }
      return left + text.slice(at);
    } finally {
      budget.end();
    }
  };
}
