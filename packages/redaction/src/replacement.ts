import type { RedactionAction } from './policy/redaction-policy.ts';
import type { KeyedHash } from './pseudonym/keyed-hash.ts';
import type { RedactionVault } from './vault/redaction-vault.ts';

/** A secret shows its end only when that is at most a third of it. */
const LEAST_FOR_PARTIAL = 12;
const SHOWN = 4;
const LEAST_SHOWN = 8;
const VAULT_ID = /^[A-Za-z0-9-]{1,32}$/;
/** Hexadecimal, base32, base64, and nothing that could end the placeholder. */
const PSEUDONYM = /^[A-Za-z0-9+/=_.-]{1,128}$/;

/** What stands in place of a value that could not be redacted. */
export const FAILED = '[REDACTED:error]';

/** Says what stands in place of a finding. */
export type Replacement = (kind: string, found: string) => string;

/** What the actions `hash` and `token` need. */
export interface ReplacementTools {
  readonly hash?: KeyedHash | undefined;
  readonly vault?: RedactionVault | undefined;
}

/** The action of each kind. `actions` is by kind; `default` for all others. */
export function actionOf(
  actions: Readonly<Record<string, RedactionAction>>,
): (kind: string) => RedactionAction {
  const fallback = actions.default ?? 'mask';
  return (kind) => (Object.hasOwn(actions, kind) ? actions[kind]! : fallback);
}

/** The replacements of a policy. */
export function replacementOf(
  action: (kind: string) => RedactionAction,
  { hash, vault }: ReplacementTools = {},
): Replacement {
  return (kind, found) => {
    switch (action(kind)) {
      case 'remove':
        return '';
      case 'partial':
        if (found.length < LEAST_FOR_PARTIAL) break;
        // Letters and digits only: the end of a finding must not end or break the text around it. And no colon before
        // them: `api_key:8bgL` would be found the next time.
        return `[REDACTED:${kind} *${found.slice(-SHOWN).replaceAll(/[^\p{L}\p{N}]/gu, '*')}]`;
      case 'hash':
        // Missing only where nothing is replaced: `createRedactor` asks for it.
        if (hash === undefined || found === '') break;
        return `[REDACTED:${kind} #${pseudonym(hash, kind, found)}]`;
      case 'token': {
        if (vault === undefined || found === '') break;
        const id: unknown = vault.store(kind, found);
        if (typeof id !== 'string' || !VAULT_ID.test(id))
          throw refused(id, 'the vault returned an id that cannot be used');
        return `[REDACTED:${kind} @${id}]`;
      }
      case 'mask':
        break;
    }
    return `[REDACTED:${kind}]`;
  };
}

/** @throws TypeError for what is no pseudonym: a promise, nothing, or the value itself */
function pseudonym(hash: KeyedHash, kind: string, found: string): string {
  const value = sameForm(kind, found);
  const made: unknown = hash(`${kind}\n${value}`);
  if (isPseudonym(made) && !shows(made, value)) return made;
  throw refused(made, 'the hash returned what is no pseudonym');
}

/** A short value may stand in a pseudonym by chance. */
function shows(made: string, value: string): boolean {
  return made === value || (value.length >= LEAST_SHOWN && made.includes(value));
}

/** Whether it is a text that may stand in a placeholder. */
export function isPseudonym(made: unknown): made is string {
  return typeof made === 'string' && PSEUDONYM.test(made);
}

/** The error for an answer that cannot be used. A promise among them must not end the process when it is rejected. */
function refused(answer: unknown, message: string): TypeError {
  if (typeof answer === 'object' && answer !== null)
    void Promise.resolve(answer).catch(() => undefined);
  return new TypeError(message);
}

/** Written in groups or not, in capitals or not: it is the same card and the same address. */
function sameForm(kind: string, found: string): string {
  if (kind === 'email_address') return found.toLowerCase().replace('%40', '@');
  const isNumber =
    kind === 'credit_card' || kind === 'phone_number' || kind === 'iban' || kind === 'us_ssn';
  return isNumber ? found.replaceAll(/[^0-9A-Za-z+]/g, '').toUpperCase() : found;
}
