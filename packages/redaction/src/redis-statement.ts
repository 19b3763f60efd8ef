import { isPlaceholder } from './detectors/placeholder-value.ts';
import { isMap } from './value-shapes.ts';

/** Attributes that hold a statement, by the convention of today and the one before. */
export const STATEMENTS: ReadonlySet<string> = new Set(['db.query.text', 'db.statement']);
const SYSTEMS = /^(?:redis|valkey|keydb|dragonfly|memorydb|elasticache)/i;
const LONGEST = 32_768;
/** A word of a command, which may stand in quotes. */
const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']\S*)|(\r?\n|;)/dg;
const SECRET_SETTING = /^(?:requirepass|masterauth|tls-key-file-pass|tls-client-key-file-pass)$/i;

interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Whether the attributes are those of a span about a store that speaks the protocol of Redis. */
export function isOfRedis(attributes: unknown): boolean {
  if (!isMap(attributes)) return false;
  const system = attributes['db.system.name'] ?? attributes['db.system'];
  return typeof system === 'string' && SYSTEMS.test(system);
}

/** The statement without its passwords: commands of that protocol may be written in any case. */
export function redactRedisStatement(text: string, replace: (value: string) => string): string {
  if (text.length > LONGEST) return text;
  let out = '';
  let end = 0;
  for (const command of commandsOf(text)) {
    for (const { from, to } of secretsOf(command)) {
      if (isPlaceholder(text, from, to)) continue;
      out += text.slice(end, from) + replace(text.slice(from, to));
      end = to;
    }
  }
  return end === 0 ? text : out + text.slice(end);
}

function commandsOf(text: string): Word[][] {
  const commands: Word[][] = [[]];
  for (const { indices, 0: whole } of text.matchAll(WORD)) {
    if (indices![4] !== undefined) commands.push([]);
    else {
      const [from, to] = indices![1] ?? indices![2] ?? indices![3]!;
      commands.at(-1)!.push({ text: whole.toLowerCase().replaceAll(/^["']|["']$/g, ''), from, to });
    }
  }
  return commands;
}

function secretsOf(words: readonly Word[]): readonly Word[] {
  const [command, first] = words;
  switch (command?.text) {
    case 'auth':
      return lastOf(words.slice(1, 3));
    case 'hello':
    case 'migrate': {
      const auth = words.findIndex(({ text }, index) => index > 0 && /^auth2?$/.test(text));
      if (auth < 0) return [];
      const count = command.text === 'hello' || words[auth]!.text === 'auth2' ? 2 : 1;
      return lastOf(words.slice(auth + 1, auth + 1 + count));
    }
    case 'acl':
      return first?.text === 'setuser'
        ? words
            .slice(3)
            .filter(({ text }) => /^[<>#!]./.test(text))
            .map(({ text, from, to }) => ({ text, from: from + 1, to }))
        : [];
    case 'config':
      return first?.text === 'set'
        ? words.filter((_, index) => index > 2 && SECRET_SETTING.test(words[index - 1]!.text))
        : [];
    default:
      return [];
  }
}

/** Without the arguments, of which only the number is told: `auth [1 other arguments]`. */
function lastOf(words: readonly Word[]): readonly Word[] {
  const last = words.at(-1);
  return last === undefined || words.some(({ text }) => /^(?:\[\d+|\?)$/.test(text)) ? [] : [last];
}
