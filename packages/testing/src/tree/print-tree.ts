import { inspect } from 'node:util';
import type { SpanNode, SpanTree } from './span-tree.ts';
import type { TreeSpan } from './tree-span.ts';

const kindNames = ['internal', 'server', 'client', 'producer', 'consumer'] as const;

/** `SpanKind` of `@opentelemetry/api` by name. */
export type SpanKindName = (typeof kindNames)[number];

export function kindName(kind: number): SpanKindName | 'unspecified' {
  return kindNames[kind] ?? 'unspecified';
}

const statusNames = ['unset', 'ok', 'error'] as const;

/** `SpanStatusCode` of `@opentelemetry/api` by name. */
export type StatusName = (typeof statusNames)[number];

export function statusName(code: number): StatusName | 'unknown' {
  return statusNames[code] ?? 'unknown';
}

export interface PrintTreeOptions {
  /** Whether attributes are printed below each span. @defaultValue true */
  readonly attributes?: boolean | undefined;
}

/** The tree as indented text: name, kind, duration and status of each span, and its attributes. */
export function printTree(
  { roots, orphans, duplicates }: SpanTree,
  options: PrintTreeOptions = {},
): string {
  const lines = roots.flatMap((root) => nodeLines(root, '', options));
  for (const orphan of orphans) {
    lines.push(`orphan, its parent ${orphan.span.parentSpanId} is missing:`);
    lines.push(...nodeLines(orphan, '  ', options));
  }
  for (const { name, spanId } of duplicates) lines.push(`duplicate: ${name} (span id ${spanId})`);
  return lines.length === 0 ? '(no spans)' : lines.join('\n');
}

function nodeLines(node: SpanNode, indent: string, options: PrintTreeOptions): string[] {
  const { attributes = true } = options;
  const lines = [`${indent}- ${spanLine(node.span)}`];
  if (attributes)
    for (const [key, value] of Object.entries(node.span.attributes))
      lines.push(`${indent}    ${key} = ${printValue(value)}`);
  for (const child of node.children) lines.push(...nodeLines(child, `${indent}  `, options));
  return lines;
}

function spanLine({ name, kind, status, startTimeUnixNano, endTimeUnixNano }: TreeSpan): string {
  const millis = Number(endTimeUnixNano - startTimeUnixNano) / 1e6;
  const facts = [kindName(kind), `${Number(millis.toFixed(3))} ms`];
  if (status.code !== 0) facts.push(statusName(status.code));
  if (status.message !== undefined) facts.push(printValue(status.message));
  return `${name} (${facts.join(', ')})`;
}

const PRINTED_LENGTH = 120;

/** Any value on one line, cut where it is long. */
export function printValue(value: unknown): string {
  const text = inspect(value, {
    breakLength: Infinity,
    compact: true,
    depth: 4,
    maxArrayLength: 20,
  });
  return text.length > PRINTED_LENGTH ? `${text.slice(0, PRINTED_LENGTH)}…` : text;
}
