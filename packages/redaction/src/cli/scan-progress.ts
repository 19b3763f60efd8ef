import { type CliOutput, type Clock, systemClock } from '@llm-otel/core';

const INTERVAL_MILLIS = 100;

export interface ScanProgress {
  readonly at: (index: number, file: string) => void;
  readonly done: () => void;
}

/** One line that says how far a long scan is, where the output is a terminal. */
export function createScanProgress(
  output: CliOutput,
  files: number,
  clock: Clock = systemClock,
): ScanProgress {
  const { columns } = output;
  if (columns === undefined) return { at: () => undefined, done: () => undefined };
  let last = -Infinity;
  return {
    at(index, file) {
      const now = clock.monotonicMillis();
      if (now - last < INTERVAL_MILLIS) return;
      last = now;
      const line = `${index + 1}/${files} ${file}`;
      output.write(`\r\u001b[K${line.slice(0, columns - 1)}`);
    },
    done: () => void output.write('\r\u001b[K'),
  };
}
