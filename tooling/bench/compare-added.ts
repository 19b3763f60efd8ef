import { compare } from './bench.ts';
import { cpuTimeOf } from './cpu-time.ts';

/** The same work with the bare client and with the observed one. */
interface Added {
  readonly id: string;
  readonly title: string;
  readonly bare: () => unknown;
  readonly observed: () => unknown;
  /** The bare client in a bare span of the stock SDK with the same attributes: the least that observing costs, shown beside ours. */
  readonly stock?: (() => unknown) | undefined;
  /** How many operations one call does. @defaultValue 1 */
  readonly operations?: number | undefined;
  /** What an operation may take longer, in nanoseconds: by the clock, and of processor time. */
  readonly floor: number;
  readonly stretch: number;
}

/** Declares what observing adds, by the clock and in processor time, and beside it what a bare span does. */
export function compareAdded(added: Added): void {
  const { id, title, bare, observed, stock, operations = 1 } = added;
  const targets = {
    floor: { maxExtraNanos: added.floor },
    stretch: { maxExtraNanos: added.stretch },
  };
  compare({
    id,
    title,
    baseline: { name: 'bare client', run: bare, operations },
    ours: { name: 'observed client', run: observed, operations },
    ...targets,
  });
  compare({
    id: `${id} CPU`,
    title: `processor time of ${title}`,
    baseline: cpuTimeOf('bare client', bare, operations),
    ours: cpuTimeOf('observed client', observed, operations),
    ...targets,
  });
  if (stock === undefined) return;
  compare({
    id: `${id} stock`,
    title: `a bare span around ${title}`,
    baseline: { name: 'bare client', run: bare, operations },
    ours: { name: 'stock span', run: stock, operations },
  });
  compare({
    id: `${id} stock CPU`,
    title: `processor time of a bare span around ${title}`,
    baseline: cpuTimeOf('bare client', bare, operations),
    ours: cpuTimeOf('stock span', stock, operations),
  });
}
