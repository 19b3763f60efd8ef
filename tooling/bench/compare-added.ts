import { compare } from './bench.ts';
import { cpuTimeOf } from './cpu-time.ts';

/** The same work with the bare client and with the observed one. */
interface Added {
  readonly id: string;
  readonly title: string;
  readonly bare: () => unknown;
  readonly observed: () => unknown;
  /** How many operations one call does. @defaultValue 1 */
  readonly operations?: number | undefined;
  /** What an operation may take longer, in nanoseconds: by the clock, and of processor time. */
  readonly floor: number;
  readonly stretch: number;
}

/** Declares what observing adds, by the clock and in processor time. */
export function compareAdded(added: Added): void {
  const { id, title, bare, observed, operations = 1 } = added;
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
}
