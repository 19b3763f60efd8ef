import type { Scan } from '../engine/scan.ts';
import { isPersonal, type KeyDecision } from '../keys/key-rules.ts';
import { isPairedSecret } from '../keys/paired-value.ts';
import { isPersonalValue } from '../keys/personal-names.ts';
import { isPlaceholder } from './placeholder-value.ts';

const LEAST = 3;
/** A value is more than a dash or a tick. */
const SAID = /[\p{L}\p{N}]/u;

/** Whether the head of a column asks for anything. */
export function isNamed(decision: KeyDecision): boolean {
  return decision !== 'none' && decision !== 'allow';
}

/** Notes the value of a cell below a head with that decision, when it is what the head says. */
export function judgeCell(scan: Scan, from: number, to: number, decision: KeyDecision): void {
  if (!isNamed(decision) || to - from < LEAST) return;
  const { text } = scan;
  if (isPlaceholder(text, from, to)) return;
  // Not `found`: the pass goes on in the table.
  if (!isPersonal(decision)) {
    const isSecret = decision === 'block' || isPairedSecret(decision, text, from, to);
    if (isSecret && SAID.test(text.slice(from, to))) scan.alsoFound('sensitive_key', from, to);
  } else if (isPersonalValue(decision, text.slice(from, to))) scan.alsoFound(decision, from, to);
}
