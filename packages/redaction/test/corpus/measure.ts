import type { Redactor } from '../../src/index.ts';
import type { Clean, Positive } from './corpus.ts';

/** Characters of a secret that may come through in a row: its prefix, or the last four. */
const MOST_LEFT = 7;

export interface Recall {
  readonly found: number;
  readonly of: number;
  /** By group: the share that was found. */
  readonly groups: ReadonlyMap<string, number>;
  readonly missed: readonly Positive[];
}

/** Whether a part of the secret that is longer than a prefix came through. */
export function leaks(output: string, secret: string): boolean {
  if (secret.length <= MOST_LEFT + 4) return output.includes(secret);
  for (let from = 4; from + MOST_LEFT < secret.length; from++)
    if (output.includes(secret.slice(from, from + MOST_LEFT + 1))) return true;
  return false;
}

export function recallOf(redactor: Redactor, positives: readonly Positive[]): Recall {
  const missed = positives.filter(({ text, secret }) => leaks(redactor.redact(text), secret));
  const groups = new Map<string, number>();
  for (const group of new Set(positives.map(({ group }) => group))) {
    const all = positives.filter((positive) => positive.group === group).length;
    const lost = missed.filter((positive) => positive.group === group).length;
    groups.set(group, 1 - lost / all);
  }
  return { found: positives.length - missed.length, of: positives.length, groups, missed };
}

/** The clean values that do not leave as they are, as attributes of their own name. */
export function damaged(redactor: Redactor, values: readonly Clean[]): Clean[] {
  return values.filter(({ key, value }) => {
    const attributes = { [key]: value };
    return redactor.redactDeep(attributes) !== attributes;
  });
}
