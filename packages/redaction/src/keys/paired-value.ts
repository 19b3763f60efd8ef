import { isPlaceholder } from '../detectors/placeholder-value.ts';
import { isLikelySecret } from '../engine/looks-random.ts';
import { isWeak, type KeyDecision } from './key-rules.ts';
import { isNoPassword, namesSecret } from './no-password.ts';
import { isPublicValue } from './public-value.ts';
import { isSecretValue, looksLikePassword, mayBePassword } from './secret-value.ts';

const LONGEST_JUDGED = 64;
/** "Your new one", and a single word that names the thing itself: what a form shows beside a field. */
const LABEL = /\s/;

/**
 * Whether a value goes that stands next to the name of a secret, in a place of its own: `{"name": "password", "value":
 * "…"}`, `<add key="password" value="…"/>`, `PASSWORD '…'`. The name may as well be that of a field of a form, and the
 * value its label, so that a sentence stays, and a word that names a secret itself.
 */
export function isPairedSecret(
  decision: KeyDecision,
  text: string,
  from: number,
  to: number,
): boolean {
  if (from >= to || isPlaceholder(text, from, to) || isNoPassword(text, from, to)) return false;
  if (isPublicValue(text, from)) return false;
  if (isWeak(decision)) return isSecretValue(decision, text, from, to);
  if (isLikelySecret(text, from, to)) return true;
  if (decision === 'password') return mayBePassword(text, from, to);
  const value = text.slice(from, Math.min(to, from + LONGEST_JUDGED));
  if (LABEL.test(value) || value.includes('(')) return looksLikePassword(text, from, to);
  return /\d/.test(value) || !namesSecret(value);
}
