import { isRedacted } from '../detectors/placeholder-value.ts';
import { SENSITIVE_KEY } from '../detectors/sensitive-key.ts';
import { type Inner, isInnerNumber, isInnerSecret } from './inner-values.ts';
import { isPersonal, type KeyDecision } from './key-rules.ts';
import { isPersonalValue } from './personal-names.ts';
import { isSecretValue } from './secret-value.ts';

/** What the name of a map or a list around says about a value, and what the value is called in it. */
export interface Around {
  readonly inner: Inner;
  readonly key: string;
}

/** The kind of finding that a text is because of its own name or one around it, or `undefined`. */
export function kindOfText(
  value: string,
  decision: KeyDecision,
  around: Around | undefined,
): string | undefined {
  if (value === '' || isRedacted(value)) return undefined;
  if (decision !== 'none') {
    if (isPersonal(decision)) return isPersonalValue(decision, value) ? decision : undefined;
    if (isSecretValue(decision, value, 0, value.length)) return SENSITIVE_KEY;
  }
  return around !== undefined && isInnerSecret(around.inner, around.key, value)
    ? kindOf(around.inner)
    : undefined;
}

/** The same for a number. */
export function kindOfNumber(
  value: string,
  decision: KeyDecision,
  around: Around | undefined,
): string | undefined {
  if (decision === 'secret') return SENSITIVE_KEY;
  if (isPersonal(decision) && isPersonalValue(decision, value)) return decision;
  return around !== undefined && isInnerNumber(around.inner, around.key, value)
    ? kindOf(around.inner)
    : undefined;
}

function kindOf({ decision }: Inner): string {
  return isPersonal(decision) ? decision : SENSITIVE_KEY;
}
