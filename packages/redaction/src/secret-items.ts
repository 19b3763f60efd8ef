import { isNoPassword } from './keys/no-password.ts';
import type { KeyRules } from './keys/key-rules.ts';
import { secretArguments, type SecretArgument } from './keys/command-options.ts';
import { commandOptions } from './keys/commands.ts';
import { isOptionValue } from './keys/option-value.ts';
import { isRedacted } from './detectors/placeholder-value.ts';
import { isLikelySecret } from './engine/looks-random.ts';
import { looksLikePassword } from './keys/secret-value.ts';
import { isNamedBeside, LONGEST_NAME } from './named-pair.ts';

/** Longest list that is looked at as a command or as pairs. */
export const MOST_ITEMS = 512;
/** How far into a list the name of the program may stand: behind `sudo`, `env`, `time`. */
const LAST_PROGRAM = 6;
const OPTION = /^--?[A-Za-z][\w.-]*$/;
const NAME = /^[A-Za-z][\w.-]{0,63}$/;
/** Only letters: as likely the name of another header. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z_-]*$/;
const NOTHING: readonly SecretArgument[] = [];

/**
 * Which items of a list of texts go because of those before them: the value of an option (`--token`, `…`), the short
 * options of a known command, the values of a flat list of names and values (the raw headers of Node.js), and the second
 * of two when the list is itself one of a list of pairs.
 */
export function secretItems(
  list: readonly unknown[],
  keys: KeyRules,
  isInList: boolean,
): readonly SecretArgument[] {
  if (list.length < 2 || list.length > MOST_ITEMS || typeof list[0] !== 'string') return NOTHING;
  if (!list.every((item) => typeof item === 'string')) return NOTHING;
  const ofOptions = behindOptions(list, keys);
  const ofCommand = keys.findsSecrets ? behindProgram(list) : [];
  const isNew = ({ index }: SecretArgument) => !ofOptions.some((other) => other.index === index);
  if (ofOptions.length > 0 || ofCommand.length > 0)
    return [...ofOptions, ...ofCommand.filter(isNew)];
  return list.length % 2 === 0 ? ofPairs(list, keys, isInList) : NOTHING;
}

function whole(list: readonly string[], index: number): SecretArgument {
  return { index, from: 0, to: list[index]!.length };
}

function behindOptions(list: readonly string[], keys: KeyRules): SecretArgument[] {
  const found: SecretArgument[] = [];
  for (let index = 0; index < list.length - 1; index++) {
    const option = list[index]!;
    if (!option.startsWith('-') || option.length > LONGEST_NAME || !OPTION.test(option)) continue;
    const value = list[index + 1]!;
    if (value.startsWith('-') || isRedacted(value)) continue;
    if (isOptionValue(keys.decide(option), value, 0, value.length))
      found.push(whole(list, ++index));
  }
  return found;
}

function behindProgram(list: readonly string[]): SecretArgument[] {
  for (let index = 0; index < Math.min(list.length, LAST_PROGRAM); index++) {
    const program = /([\w-]{2,32})(?:\.exe)?$/i.exec(list[index]!.slice(-64))?.[1]?.toLowerCase();
    if (program === undefined) continue;
    const next = list[index + 1] ?? '';
    const [command, start] = commandOptions.has(program)
      ? [program, index + 1]
      : [`${program} ${next}`, index + 2];
    if (!commandOptions.has(command)) continue;
    return secretArguments(command, list.slice(start)).map(({ index: at, from, to }) => ({
      index: start + at,
      from,
      to,
    }));
  }
  return [];
}

function ofPairs(list: readonly string[], keys: KeyRules, isInList: boolean): SecretArgument[] {
  const found: SecretArgument[] = [];
  let hasPlainValues = true;
  for (let index = 0; index < list.length; index += 2) {
    const [name, value] = [list[index]!, list[index + 1]!];
    if (!NAME.test(name)) return [];
    if (!PLAIN_NAME.test(value)) hasPlainValues = false;
    if (isNamedBeside(name, keys.decide(name), value)) found.push(whole(list, index + 1));
  }
  const isSure = isInList ? list.length === 2 : !hasPlainValues && list.length > 2;
  // Two words or a list of names: the value must look like a secret itself.
  return isSure
    ? found.filter(({ index }) => !isNoPassword(list[index]!, 0, list[index]!.length))
    : found.filter(({ index }) => isSecretItself(list[index]!));
}

function isSecretItself(value: string): boolean {
  return (
    looksLikePassword(value, 0, value.length) ||
    isLikelySecret(value, 0, value.length) ||
    /^(?:bearer|basic|token|digest|apikey) \S/i.test(value)
  );
}
