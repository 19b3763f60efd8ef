import type { Scan } from '../engine/scan.ts';
import { isPersonal, type KeyDecision } from '../keys/key-rules.ts';
import { isPersonalValue } from '../keys/personal-names.ts';
import { isSecretValue } from '../keys/secret-value.ts';
import { isPlaceholder } from './placeholder-value.ts';
import { SENSITIVE_KEY } from './sensitive-key.ts';
import { isNamed } from './table-cell.ts';

/** Notes the value of a column of SQL with that decision, when it is what the name says. */
export function judgeColumn(scan: Scan, from: number, to: number, decision: KeyDecision): void {
  const { text } = scan;
  if (!isNamed(decision) || isPlaceholder(text, from, to)) return;
  // Not `found`: the pass goes on in the statement.
  if (!isPersonal(decision)) {
    if (isSecretValue(decision, text, from, to)) scan.alsoFound(SENSITIVE_KEY, from, to);
  } else if (isPersonalValue(decision, text.slice(from, to))) scan.alsoFound(decision, from, to);
}
