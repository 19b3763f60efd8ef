import type { RedactionAction } from './policy/redaction-policy.ts';
import type { KeyedHash } from './pseudonym/keyed-hash.ts';
import type { RedactionVault } from './vault/redaction-vault.ts';

/** A secret shows its end only when that is at most a third of it. */
const LEAST_FOR_PARTIAL = 12;
const SHOWN = 4;
const PSEUDONYM = /^[^\s[\]]{1,64}$/;
const VAULT_ID = /^[A-Za-z0-9-]{1,32}$/;

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
        return `[REDACTED:${kind} #${pseudonym(hash(`${kind}\n${sameForm(kind, found)}`))}]`;
      case 'token': {
        if (vault === undefined || found === '') break;
        const id = vault.store(kind, found);
        if (!VAULT_ID.test(id)) throw new TypeError('the vault returned an id that cannot be used');
        return `[REDACTED:${kind} @${id}]`;
      }
      case 'mask':
        break;
    }
    return `[REDACTED:${kind}]`;
  };
}

/** A hash of the application: what is no text, such as a promise, would make all values the same. */
function pseudonym(hashed: unknown): string {
  if (typeof hashed === 'string' && PSEUDONYM.test(hashed)) return hashed;
  throw new TypeError('the hash returned something that is no pseudonym');
}

/** Written in groups or not, in capitals or not: it is the same card and the same address. */
function sameForm(kind: string, found: string): string {
  if (kind === 'email_address') return found.toLowerCase().replace('%40', '@');
  const isNumber =
    kind === 'credit_card' || kind === 'phone_number' || kind === 'iban' || kind === 'us_ssn';
  return isNumber ? found.replaceAll(/[^0-9A-Za-z+]/g, '').toUpperCase() : found;
}
