// The source of src/redaction/content-keys.ts, made from the names that the redaction in a process knows.
import { join } from 'node:path';
import type { ContentKeys as Keys, ContentPart } from '../src/redaction/content-keys.ts';

/** The kinds of content of the redaction. `none` looks like content by its name, and is none. */
type Kind =
  | 'prompt'
  | 'completion'
  | 'conversation'
  | 'toolToModel'
  | 'toolFromModel'
  | 'input'
  | 'output'
  | 'none';
type NamesByKind = Readonly<Partial<Record<Kind, readonly string[]>>>;

/** A module of the redaction that is read as a source here, as its other files are not for others to import. */
export async function redactionSource(file: string): Promise<unknown> {
  return await import(join(import.meta.dirname, '../../redaction/src/content', file));
}

const { contentNames, bareContentNames } = (await redactionSource('content-names.ts')) as {
  readonly contentNames: Readonly<Record<string, NamesByKind>>;
  readonly bareContentNames: NamesByKind;
};

const parts: Readonly<Record<ContentPart, readonly Kind[]>> = {
  prompts: ['prompt', 'input'],
  completions: ['completion', 'output'],
  conversations: ['conversation'],
  toolsOfPrompts: ['toolToModel'],
  toolsOfCompletions: ['toolFromModel'],
};

/** Names by their parts between dots, with the kind of those that are one. */
interface Node {
  kind?: Kind;
  readonly children: Map<string, Node>;
}

function treeOf(lists: readonly NamesByKind[]): Node {
  const root: Node = { children: new Map() };
  for (const list of lists) {
    for (const [kind, names] of Object.entries(list) as [Kind, readonly string[]][]) {
      for (const name of names) {
        let node = root;
        for (const part of name.split('.')) {
          const next = node.children.get(part) ?? { children: new Map() };
          node.children.set(part, next);
          node = next;
        }
        node.kind = kind;
      }
    }
  }
  return root;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** Positions in lists, which names do not have. */
const POSITIONS = String.raw`(?:\.[0-9]+)*`;

/** What may follow the name of `node`: nothing that is another name, listed as of none of `kinds`. */
function behind(node: Node, kinds: readonly Kind[]): string {
  const others = [...node.children].filter(([, child]) => hasOther(child, kinds));
  if (others.length === 0) return String.raw`(?:\.|$)`;
  // RE2 has no look-ahead: what is not one of these parts, letter by letter.
  return String.raw`${POSITIONS}(?:$|\.(?:[0-9]+[^0-9.]|${notThese(others, 0, kinds)}))`;
}

function hasOther(node: Node, kinds: readonly Kind[]): boolean {
  if (node.kind !== undefined && !kinds.includes(node.kind)) return true;
  return [...node.children.values()].some((child) => hasOther(child, kinds));
}

function notThese(
  names: readonly (readonly [string, Node])[],
  at: number,
  kinds: readonly Kind[],
): string {
  const ended = names.find(([name]) => name.length === at)?.[1];
  const going = names.filter(([name]) => name.length > at);
  const letters = [...new Set(going.map(([name]) => name[at]!))].toSorted();
  const listed = letters.map((letter) => (letter === '-' ? String.raw`\-` : letter)).join('');
  const never = at === 0 ? '0-9.' : ended === undefined ? '' : '.';
  const branches = letters.map((letter) => {
    const rest = notThese(
      going.filter(([name]) => name[at] === letter),
      at + 1,
      kinds,
    );
    return `${letter}${rest}`;
  });
  if (letters.length > 0 || never !== '') branches.unshift(`[^${listed}${never}]`);
  if (at > 0 && ended === undefined) branches.push('$');
  if (ended !== undefined && !isOther(ended, kinds)) branches.push(behind(ended, kinds));
  return branches.length === 1 ? branches[0]! : `(?:${branches.join('|')})`;
}

function isOther({ kind }: Node, kinds: readonly Kind[]): boolean {
  return kind !== undefined && !kinds.includes(kind);
}

/** Names below `node` of these kinds: those of which all that is below is the same, and expressions for the others. */
function keysBelow(
  node: Node,
  {
    name,
    pattern,
    isInName,
  }: { readonly name: string; readonly pattern: string; readonly isInName: boolean },
  kinds: readonly Kind[],
): Keys {
  const all = [...node.children].map(([part, child]): Keys => {
    const dot = name === '' ? '' : '.';
    // Below a name a list may stand: `llm.input_messages.0.message`.
    const joint = name === '' ? '' : isInName ? String.raw`\.(?:[0-9]+\.)*` : String.raw`\.`;
    const own = { name: name + dot + part, pattern: pattern + joint + escaped(part) };
    const below = keysBelow(
      child,
      { ...own, isInName: isInName || child.kind !== undefined },
      kinds,
    );
    if (child.kind === undefined || !kinds.includes(child.kind)) return below;
    const isWhole = ![...child.children.values()].some((one) => hasOther(one, kinds));
    if (isWhole && !isInName) return { keys: [own.name], patterns: [] };
    const patterns = [own.pattern + behind(child, kinds)];
    if (isWhole) return { keys: [], patterns };
    return { keys: below.keys, patterns: [...patterns, ...below.patterns] };
  });
  return {
    keys: all.flatMap(({ keys }) => keys),
    patterns: all.flatMap(({ patterns }) => patterns),
  };
}

const LIST_OR_END = String.raw`(?:$|\.[0-9]+(?:\.|$))`;

/** Names that are the attribute itself, and with a position those of a list. */
function barePatterns(kinds: readonly Kind[]): readonly string[] {
  const names = kinds.flatMap((kind) => bareContentNames[kind] ?? []).map(escaped);
  return names.length === 0 ? [] : [`(?:${names.join('|')})${LIST_OR_END}`];
}

/** The names and expressions of each part. */
function contentKeysOf(): Readonly<Record<ContentPart, Keys>> {
  const tree = treeOf(Object.values(contentNames));
  return Object.fromEntries(
    Object.entries(parts).map(([part, kinds]) => {
      const { keys, patterns } = keysBelow(tree, { name: '', pattern: '', isInName: false }, kinds);
      return [part, { keys, patterns: [...patterns, ...barePatterns(kinds)] }];
    }),
  ) as unknown as Record<ContentPart, Keys>;
}

/** The text of the file. */
export function contentKeysSource(): string {
  const lists = Object.entries(contentKeysOf()).map(
    ([part, { keys, patterns }]) => `  ${part}: {
    keys: [
${keys.map((key) => `      '${key}',\n`).join('')}    ],
    patterns: ${listOf(patterns)},
  },
`,
  );
  return `// Generated from the names that the redaction in a process knows. Do: pnpm --filter @llm-otel/collector-config generate

/** Attributes that hold a part of a conversation. */
export interface ContentKeys {
  /** Names, with everything below them. */
  readonly keys: readonly string[];
  /** Expressions of RE2 for how other names start. */
  readonly patterns: readonly string[];
}

/** Who wrote it, and whether it is about tools. What a policy says of tools goes before what it says of the others. */
export type ContentPart =
  | 'prompts'
  | 'completions'
  /** Both sides in one value: it goes with either. */
  | 'conversations'
  | 'toolsOfPrompts'
  | 'toolsOfCompletions';

export const contentKeys: Readonly<Record<ContentPart, ContentKeys>> = {
${lists.join('')}};
`;
}

/** As the formatter writes it. */
function listOf(patterns: readonly string[]): string {
  const items = patterns.map((pattern) => `String.raw\`${pattern}\``);
  const line = `[${items.join(', ')}]`;
  if (line.length <= 84 && items.length <= 1) return line;
  return `[\n${items.map((item) => `      ${item},\n`).join('')}    ]`;
}
