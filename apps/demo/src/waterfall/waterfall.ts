import { bar } from './bar.ts';
import { figuresOf, formatCost, formatNanos, formatTokens, sumFigures } from './figures.ts';
import type { Paint } from './paint.ts';
import { type TraceNode, traceTrees, type TraceSpan, walk } from './trace-tree.ts';

export interface WaterfallOptions {
  /** Terminal columns. A terminal of less than 70 gets lines of 70. */
  readonly columns: number;
  readonly paint: Paint;
}

interface Layout {
  readonly name: number;
  readonly bar: number;
  readonly wide: boolean;
}

export const LEAST_COLUMNS = 70;

const TIME = 7;
const FIRST = 7;
const TOKENS = 10;
const COST = 9;

/**
 * One trace as lines of text: a tree of span names, a bar for when each ran, its duration, the time to the
 * first token, tokens and cost, and a line of its own for each error.
 */
export function waterfall(
  spans: readonly TraceSpan[],
  { columns, paint }: WaterfallOptions,
): string[] {
  if (spans.length === 0) return ['no spans'];
  const trees = traceTrees(spans);
  const layout = layoutFor(Math.max(columns, LEAST_COLUMNS));
  const start = spans.reduce(
    (least, span) => (span.startNanos < least ? span.startNanos : least),
    spans[0]!.startNanos,
  );
  const end = spans.reduce(
    (most, span) => (span.endNanos > most ? span.endNanos : most),
    spans[0]!.endNanos,
  );
  const length = Number(end - start) || 1;
  const main = spans.find((span) => span.spanId === trees[0]?.span.spanId)?.service ?? '';

  const lines: string[] = [heading(layout, paint)];
  const visit = (node: TraceNode, prefix: string, childPrefix: string): void => {
    const { span } = node;
    const fraction = (at: bigint): number => Number(at - start) / length;
    const { firstChunkSeconds } = figuresOf(span);
    const firstToken =
      firstChunkSeconds === undefined
        ? undefined
        : fraction(span.startNanos + BigInt(Math.round(firstChunkSeconds * 1e9)));
    const drawn = bar(
      { start: fraction(span.startNanos), end: fraction(span.endNanos), firstToken },
      layout.bar,
    );
    const service = span.service === main ? '' : ` [${span.service}]`;
    // The name is cut before the service: in another process is worth knowing.
    const label = (cut(prefix + span.name, layout.name - service.length) + service).padEnd(
      layout.name,
    );
    const colour = span.error === undefined ? paint.cyan : paint.red;
    lines.push(
      [
        span.error === undefined ? label : paint.red(label),
        colour(drawn),
        formatNanos(span.endNanos - span.startNanos).padStart(TIME),
        paint.yellow(
          (firstChunkSeconds === undefined
            ? ''
            : formatNanos(BigInt(Math.round(firstChunkSeconds * 1e9)))
          ).padStart(FIRST),
        ),
        formatTokens(figuresOf(span)).padStart(TOKENS),
        paint.green(formatCost(figuresOf(span)).padStart(COST)),
      ]
        .join(' ')
        .trimEnd(),
    );
    if (span.error !== undefined) lines.push(errorLine(span.error, childPrefix, layout, paint));
    for (const note of span.notes ?? []) {
      lines.push(paint.yellow(cut(`${childPrefix}  ◆ ${note}`, width(layout))));
    }
    for (const link of span.linkedSpanIds)
      lines.push(linkLine(link, spans, childPrefix, layout, paint));
    const indent = layout.wide ? ['├─ ', '│  ', '└─ ', '   '] : ['├', '│', '└', ' '];
    node.children.forEach((child, index) => {
      const last = index === node.children.length - 1;
      visit(child, childPrefix + indent[last ? 2 : 0], childPrefix + indent[last ? 3 : 1]);
    });
  };
  for (const tree of trees) visit(tree, '', '');

  lines.push(...footer(spans, trees, end - start, width(layout)).map(paint.bold));
  return lines;
}

function layoutFor(columns: number): Layout {
  const rest = columns - (TIME + FIRST + TOKENS + COST + 5);
  // Names get what they need first: a bar of ten cells still shows the order, a name of ten says nothing.
  const name = Math.max(24, Math.min(48, Math.floor(rest * 0.7)));
  return { name, bar: Math.max(8, rest - name), wide: columns >= 110 };
}

function heading(layout: Layout, paint: Paint): string {
  return paint.bold(
    [
      'span'.padEnd(layout.name),
      ''.padEnd(layout.bar),
      'time'.padStart(TIME),
      '1st tok'.padStart(FIRST),
      'tokens'.padStart(TOKENS),
      'cost'.padStart(COST),
    ].join(' '),
  );
}

function errorLine(
  error: { type: string; message: string },
  prefix: string,
  layout: Layout,
  paint: Paint,
): string {
  const text = error.message === '' ? error.type : `${error.type}: ${error.message}`;
  return paint.red(cut(`${prefix}  ✗ ${text.replaceAll(/\s+/g, ' ')}`, width(layout)));
}

function linkLine(
  id: string,
  spans: readonly TraceSpan[],
  prefix: string,
  layout: Layout,
  paint: Paint,
): string {
  const linked = spans.find((span) => span.spanId === id);
  return paint.dim(cut(`${prefix}  ↪ linked to ${linked?.name ?? `span ${id}`}`, width(layout)));
}

function footer(
  spans: readonly TraceSpan[],
  trees: readonly TraceNode[],
  length: bigint,
  columns: number,
): string[] {
  const services = new Set(spans.map((span) => span.service)).size;
  const errors = spans.filter((span) => span.error !== undefined).length;
  const orphans = [...walk(trees)].filter((node) => node.orphan).length;
  const sum = sumFigures(spans);
  const parts = [
    `${spans.length} spans`,
    `${services} ${services === 1 ? 'service' : 'services'}`,
    formatNanos(length),
    `${errors} ${errors === 1 ? 'error' : 'errors'}`,
    `tokens ${formatTokens(sum) || 'none'}`,
    `cost ${formatCost(sum) || 'unknown'}`,
  ];
  if (orphans > 0) parts.push(`${orphans} orphans`);
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && joined.length <= columns) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}

function width(layout: Layout): number {
  return layout.name + layout.bar + TIME + FIRST + TOKENS + COST + 5;
}

function cut(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text;
}
