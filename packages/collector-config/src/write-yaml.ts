import { Document, isMap, isPair, isSeq, isScalar, type Node, visit, type YAMLMap } from 'yaml';
import type { ConfigFile } from './config-file.ts';

// What no YAML file may have as it is, and what some readers take for the end of a line, also in a comment.
const UNSAFE = /[^\n\P{Cc}]|[\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u;
const ALL_UNSAFE = new RegExp(UNSAFE, 'gu');

/**
 * The file as YAML: no aliases, no folded lines, comments where the file has them.
 * @param spaced - a blank line between the top-level keys
 */
export function writeYaml(
  { header, settings, comments }: ConfigFile,
  spaced: boolean = true,
): string {
  const document = new Document(settings, { aliasDuplicateObjects: false });
  document.commentBefore = header.map((line) => ` ${line}`.trimEnd()).join('\n');
  if (spaced && isMap(document.contents)) separate(document.contents);
  annotate(document.contents, '', comments);
  visit(document, {
    Scalar(_, scalar) {
      // Only there, characters can be written as numbers.
      if (UNSAFE.test(String(scalar.value))) scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return escaped(document.toString({ lineWidth: 0, singleQuote: true }));
}

/** Several documents in one file, as kubectl takes them. */
export function writeYamlDocuments(files: readonly ConfigFile[]): string {
  return files.map((file) => writeYaml(file, false)).join('---\n');
}

/** In double quotes this is the same text; in a comment it is readable. */
function escaped(text: string): string {
  return text.replaceAll(
    ALL_UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function separate({ items }: YAMLMap): void {
  for (const { key } of items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
}

function annotate(node: unknown, path: string, comments: ReadonlyMap<string, string>): void {
  const at = (key: string | number): string => (path === '' ? String(key) : `${path}.${key}`);
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const place = at(String(pair.key.value));
      comment(pair.key as Node, comments.get(place));
      annotate(pair.value, place, comments);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      comment(item as Node, comments.get(at(index)));
      annotate(item, at(index), comments);
    }
  }
}

function comment(node: Node, text: string | undefined): void {
  if (text !== undefined)
    node.commentBefore = text
      .split('\n')
      .map((line) => ` ${line}`)
      .join('\n');
}
