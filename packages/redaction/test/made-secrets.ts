// Secrets for tests, put together at run time: no file of ours holds one that a scanner would report.
import { type Alphabet, BASE62, BASE64, isIn, URL64 } from '../src/engine/characters.ts';

/** Joins the parts of a secret. */
export function joined(...parts: readonly string[]): string {
  return parts.join('');
}

/** The characters of an alphabet. */
export function charactersOf(alphabet: Alphabet): string {
  return Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
    .filter((character) => isIn(alphabet, character.charCodeAt(0)))
    .join('');
}

/** `length` characters of `alphabet`, the same for the same seed, with digits and letters well mixed. */
export function body(length: number, alphabet: Alphabet = BASE62, seed = 1): string {
  const characters = charactersOf(alphabet).replaceAll(/[.=%~-]/g, '');
  let state = seed * 2_654_435_761;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return characters[(state >>> 8) % characters.length]!;
  }).join('');
}

export const openAiKey: string = joined('sk-', 'proj-', body(40, URL64));
export const anthropicKey: string = joined('sk-', 'ant-api03-', body(93, URL64), 'AA');
export const awsKeyId: string = joined('AK', 'IA', 'Z7QK3MWX5T2RBNDF');
export const awsSecret: string = body(40, BASE64, 5).replaceAll('=', '7');
export const gitHubToken: string = joined('gh', 'p_', body(36));
export const jsonWebToken: string = joined(
  'ey',
  'JhbGciOiJIUzI1NiJ9',
  '.eyJ',
  body(30),
  '.',
  body(43, URL64),
);
export const cardNumber: string = joined('4111', '1111', '1111', '1111');
export const emailAddress: string = joined('ada.lovelace', '@', 'example.com');
