import { DiskBacklog } from './disk/disk-backlog.ts';
import { type Files, realFiles } from './disk/files.ts';
import { SpoolStore } from './disk/spool-store.ts';
import { type DiskSpoolOptions, resolveSpoolOptions } from './disk-spool-options.ts';
import type { Spool } from './spool.ts';

/** For tests. */
export interface DiskSpoolTools {
  readonly files?: Partial<Files> | undefined;
}

/**
 * A spool in a folder: batches that cannot be delivered now wait there, redacted and encoded, and are delivered later, by
 * this process or by the next one. Each destination has logs of its own. A folder that cannot be written to stops nothing:
 * what would have gone there is dropped and counted.
 * @throws InvalidOptionError for an option that cannot be used
 */
export function diskSpool(options: DiskSpoolOptions, tools: DiskSpoolTools = {}): Spool {
  const resolved = resolveSpoolOptions(options);
  return {
    maxBytes: resolved.mode === 'off' ? undefined : resolved.maxBytes,
    open({ clock, failures }) {
      if (resolved.mode === 'off') return { backlog: () => undefined, close: () => undefined };
      const files = { ...realFiles, ...tools.files };
      const store = new SpoolStore({ ...resolved, files, clock, failures });
      return {
        backlog: (backlog) => new DiskBacklog(backlog, store, resolved.mode === 'always', failures),
        close: () => failures.guard('closing the spool', () => store.close()),
      };
    },
  };
}
