import type { RedactionAction } from './policy/redaction-policy.ts';

/** A secret shows its end only when that is at most a third of it. */
const LEAST_FOR_PARTIAL = 12;
const SHOWN = 4;

/** What stands in place of a value that could not be redacted. */
export const FAILED = '[REDACTED:error]';

/** Says what stands in place of a finding. */
export type Replacement = (kind: string, found: string) => string;

/** The replacements of a policy. `actions` is by kind; `default` for all others. */
export function replacementOf(actions: Readonly<Record<string, RedactionAction>>): Replacement {
  const fallback = actions.default ?? 'mask';
  return (kind, found) => {
    const action = Object.hasOwn(actions, kind) ? actions[kind]! : fallback;
    if (action === 'remove') return '';
    if (action === 'mask' || found.length < LEAST_FOR_PARTIAL) return `[REDACTED:${kind}]`;
    // Letters and digits only: the end of a finding must not end or break the text around it. And no colon before
    // them: `api_key:8bgL` would be found the next time.
    return `[REDACTED:${kind} *${found.slice(-SHOWN).replaceAll(/[^\p{L}\p{N}]/gu, '*')}]`;
  };
}
