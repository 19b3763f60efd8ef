import { Document, isMap, isPair, isSeq, isScalar, type Node, type YAMLMap } from 'yaml';
import type { ConfigFile } from './config-file.ts';

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
  return document.toString({ lineWidth: 0, singleQuote: true });
}

/** Several documents in one file, as kubectl takes them. */
export function writeYamlDocuments(files: readonly ConfigFile[]): string {
  return files.map((file) => writeYaml(file, false)).join('---\n');
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
