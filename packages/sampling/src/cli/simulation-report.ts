import type { Keep, SamplingPolicy } from '../policy/sampling-policy.ts';
import type { SimulatedTrace, Simulation } from '../simulate/simulation.ts';
import {
  barOf,
  bytesOf,
  countOf,
  dollarsOf,
  percentOf,
  shortened,
  table,
  timeOf,
  widthOf,
  wrapped,
} from './text.ts';

const DAY_MILLIS = 86_400_000;
const BAR_WIDTH = 24;
// A shorter bar says nothing.
const SHORTEST_BAR = 6;
const SHORTEST_NAME = 12;
const GAP = 2;
const FACT_INDENT = 9;
const HEAD = ['rule', 'keep', 'traces', 'kept', 'dropped', ''];

/** What is printed of a simulation. */
export interface ReportInput {
  readonly title: string;
  readonly policy: SamplingPolicy;
  readonly simulation: Simulation;
  /** Price of a gigabyte at the backend, in US dollars. */
  readonly pricePerGigabyte?: number | undefined;
  /** Of the terminal. Absent where there is none: then lines are as long as they are. */
  readonly columns?: number | undefined;
}

/** A table with a bar for each rule, and what one should know beside it. Plain text. */
export function simulationReport(input: ReportInput): string {
  const { title, simulation, columns = Infinity } = input;
  const { kept, dropped, durationMillis } = simulation;
  const traces = kept.traces + dropped.traces;
  return [
    wrapped(
      `${title}: ${countOf(traces, 'trace')}, ${countOf(kept.spans + dropped.spans, 'span')}, ${timeOf(durationMillis)}`,
      0,
      columns,
    ),
    '',
    ...rulesTable(input),
    '',
    ...facts(input).map(
      ([name, text]) => `${name.padEnd(FACT_INDENT)}${wrapped(text, FACT_INDENT, columns)}`,
    ),
    '',
  ].join('\n');
}

function rulesTable({ policy, simulation, columns = Infinity }: ReportInput): string[] {
  const { rules, kept, dropped } = simulation;
  const lines = [
    ...rules.map((rule) => ({
      name: printable(rule.name),
      keep: keepText(policy.rules.find(({ name }) => name === rule.name)?.keep),
      kept: rule.kept.traces,
      all: rule.kept.traces + rule.dropped.traces,
    })),
    { name: 'total', keep: '', kept: kept.traces, all: kept.traces + dropped.traces },
  ];
  const cells = lines.map(({ name, keep, kept: part, all }) => [
    name,
    keep,
    countOf(all),
    countOf(part),
    countOf(all - part),
    percentOf(part, all),
  ]);
  const { nameWidth, barWidth } = layoutOf([HEAD, ...cells], columns);
  const rows = cells.map(([name = '', ...others], at) => {
    const { kept: part = 0, all = 0 } = lines[at] ?? {};
    return [shortened(name, nameWidth), ...others].concat(
      barWidth === 0 ? [] : barOf(part, all, barWidth),
    );
  });
  return table(
    barWidth === 0 ? HEAD : HEAD.concat(''),
    rows,
    // Names and bars begin on the left, numbers end on the right.
    ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
  );
}

/** In a narrow terminal the bars are shorter, then the names, and then there are no bars. */
function layoutOf(
  rows: readonly (readonly string[])[],
  columns: number,
): { readonly nameWidth: number; readonly barWidth: number } {
  const [longest = 0, ...others] = HEAD.map((_, column) =>
    Math.max(...rows.map((cells) => widthOf(cells[column] ?? ''))),
  );
  const room = columns - others.reduce((sum, width) => sum + GAP + width, 0);
  const nameWidth = Math.min(longest, Math.max(SHORTEST_NAME, room - GAP - SHORTEST_BAR));
  const barWidth = Math.min(BAR_WIDTH, room - GAP - nameWidth);
  return barWidth >= SHORTEST_BAR
    ? { nameWidth, barWidth }
    : { nameWidth: Math.min(longest, Math.max(SHORTEST_NAME, room)), barWidth: 0 };
}

function keepText(keep: Keep | undefined): string {
  if (keep === undefined) return '';
  if (typeof keep === 'string') return keep;
  if ('ratio' in keep) return percentOf(keep.ratio, 1);
  if ('rate' in keep) return `${keep.rate.tracesPerSecond}/s`;
  const { base = 1, spansPerSecond, aboveLoad } = keep.adaptive;
  const to = spansPerSecond === undefined ? '' : `, ${spansPerSecond} spans/s`;
  return `${percentOf(base, 1)}${to}${aboveLoad === undefined ? '' : `, load ${aboveLoad}`}`;
}

function facts({ simulation, pricePerGigabyte }: ReportInput): [string, string][] {
  const { kept, dropped, durationMillis, torn, missed, peak, sampledBefore } = simulation;
  const all = kept.bytes + dropped.bytes;
  const perDay = durationMillis > 0 ? (kept.bytes / durationMillis) * DAY_MILLIS : undefined;
  const money =
    perDay === undefined || pricePerGigabyte === undefined
      ? ''
      : `, ${dollarsOf((perDay / 1e9) * pricePerGigabyte)} a day`;
  const lines: [string, string][] = [
    [
      'Volume',
      `${bytesOf(kept.bytes)} of ${bytesOf(all)} (${percentOf(kept.bytes, all)})${
        perDay === undefined ? '' : `, about ${bytesOf(perDay)} a day${money}`
      }`,
    ],
    [
      'Spend',
      `kept traces show ${dollarsOf(kept.costMicroUsd / 1e6)} of ${dollarsOf(
        (kept.costMicroUsd + dropped.costMicroUsd) / 1e6,
      )} for model calls, ${countOf(kept.tokens)} of ${countOf(kept.tokens + dropped.tokens)} tokens`,
    ],
    ['Errors', `${countOf(kept.errors)} of ${countOf(kept.errors + dropped.errors, 'trace')} kept`],
    ...missed.errors
      .slice(0, 3)
      .map((trace): [string, string] => ['', `missed ${traceText(trace)}`]),
    [
      'Slowest',
      missed.slowest === undefined ? 'none dropped' : `dropped: ${traceText(missed.slowest)}`,
    ],
    [
      'Costly',
      missed.costliest === undefined ? 'none dropped' : `dropped: ${traceText(missed.costliest)}`,
    ],
    ['Memory', `at most ${bytesOf(peak.bytes)} in ${countOf(peak.traces, 'trace')} held at once`],
  ];
  if (torn > 0) lines.push(['Torn', `${countOf(torn, 'trace')} kept in part`]);
  if (peak.stressed > 0) {
    lines.push([
      'Stress',
      `${countOf(peak.stressed, 'decision')} by trace id alone: not enough room`,
    ]);
  }
  if (sampledBefore > 0) {
    lines.push([
      'Note',
      `${countOf(sampledBefore, 'trace')} had been sampled before: there were more of them`,
    ]);
  }
  return lines;
}

function traceText({ traceId, name, durationMillis, costMicroUsd }: SimulatedTrace): string {
  const cost = costMicroUsd > 0 ? `, ${dollarsOf(costMicroUsd / 1e6)}` : '';
  return `${timeOf(durationMillis)}${cost}, ${printable(name)} ${traceId}`;
}

/** Names of spans come from anywhere: nothing that moves the cursor gets through. */
function printable(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 60);
}
