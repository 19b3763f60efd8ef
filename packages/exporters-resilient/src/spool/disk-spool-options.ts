import { InvalidOptionError } from '@llm-otel/core';
import { knownOptions } from '../known-options.ts';
import { numberOption, oneOfOption } from '../options.ts';
import type { Sensitivity } from './sensitivity.ts';
import { sensitivityAges } from './sensitivity-ages.ts';
import { deadLetterOptionKeys, spoolOptionKeys } from './spool-option-keys.ts';

export type Fsync = 'never' | 'interval' | 'always';

export interface DiskSpoolOptions {
  /**
   * Where it lies, on a disk that outlives the process; not a network file system. Several processes may share it. The
   * spool makes a folder of its own in it that nobody else can read. Environment, through the sdk: `LLM_OTEL_SPOOL_DIRECTORY`.
   */
  readonly directory: string;
  /**
   * `overflow` writes what memory has no room for, what waits for a receiver in trouble, and what is left at the end. `always`
   * writes every batch before it is sent: what has left the queue survives `kill -9`. `off` writes nothing.
   * Environment: `LLM_OTEL_SPOOL_MODE`. @defaultValue `overflow`
   */
  readonly mode?: 'off' | 'overflow' | 'always' | undefined;
  /**
   * When records reach the disk itself and not only the operating system, which matters when the machine loses power:
   * a process that is killed loses nothing with `never`. `interval` is every 500 ms, beside the
   * application's thread, `always` is after each record, on it. Environment: `LLM_OTEL_SPOOL_FSYNC`. @defaultValue `interval`
   */
  readonly fsync?: Fsync | undefined;
  /**
   * Bytes that this process keeps on disk. The oldest segment is dropped for the newest record (`spool_full`).
   * Environment: `LLM_OTEL_SPOOL_MAX_BYTES`. @defaultValue 536870912 (512 MiB)
   */
  readonly maxBytes?: number | undefined;
  /**
   * How long a record is kept, in milliseconds. Older ones are dropped (`spool_expired`) and leave the disk at the latest
   * after another tenth of it. Environment: `LLM_OTEL_SPOOL_MAX_AGE`. @defaultValue 86400000 (a day)
   */
  readonly maxAgeMillis?: number | undefined;
  /** The same for records of one sensitivity, dead letters included. @defaultValue `maxAgeMillis` for each */
  readonly maxAgeMillisBySensitivity?: Readonly<Partial<Record<Sensitivity, number>>> | undefined;
  /**
   * What a receiver refuses for good (400; 413 for a single item) is kept for people to look at, beside the spool:
   * `llm-otel spool ls --dead-letters`. The ledger counts it as rejected. `false`: none is kept. Environment:
   * `LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_BYTES` (0: none), `LLM_OTEL_SPOOL_DEAD_LETTERS_MAX_AGE`.
   * @defaultValue see {@link DeadLetterOptions}
   */
  readonly deadLetters?: DeadLetterOptions | false | undefined;
  /** Size of a file, the unit in which room is given back, in bytes. @defaultValue 8388608 (8 MiB), at most an eighth of `maxBytes` */
  readonly segmentBytes?: number | undefined;
}

export interface DeadLetterOptions {
  /** Bytes of dead letters on disk. The oldest make room for the newest. @defaultValue an eighth of the spool's `maxBytes` */
  readonly maxBytes?: number | undefined;
  /**
   * How long they are kept, in milliseconds; those of a class with an age of its own in `maxAgeMillisBySensitivity` as long
   * as that says.
   * @defaultValue 604800000 (7 days)
   */
  readonly maxAgeMillis?: number | undefined;
}

export interface ResolvedSpoolOptions {
  readonly directory: string;
  readonly mode: 'off' | 'overflow' | 'always';
  readonly fsync: Fsync;
  readonly maxBytes: number;
  readonly maxAgeMillis: Readonly<Record<Sensitivity, number>>;
  readonly segmentBytes: number;
  readonly deadLetters: {
    /** 0: none are kept. */
    readonly maxBytes: number;
    readonly maxAgeMillis: Readonly<Record<Sensitivity, number>>;
    readonly segmentBytes: number;
  };
}

/** Fills in the defaults. Throws {@link InvalidOptionError} naming the first option that cannot be used. */
export function resolveSpoolOptions(options: DiskSpoolOptions): ResolvedSpoolOptions {
  knownOptions(options, spoolOptionKeys, 'spool');
  const { directory, mode = 'overflow', fsync = 'interval' } = options;
  if (typeof directory !== 'string' || directory === '')
    throw new InvalidOptionError({
      option: 'spool.directory',
      value: directory,
      use: 'the path of a folder that outlives the process, such as /var/lib/my-app/telemetry',
    });
  oneOfOption('spool.mode', mode, ['off', 'overflow', 'always']);
  oneOfOption('spool.fsync', fsync, ['never', 'interval', 'always']);
  const maxBytes = numberOption('spool.maxBytes', options.maxBytes, 512 * 1024 * 1024, {
    min: 64 * 1024,
  });
  const segmentBytes = numberOption('spool.segmentBytes', options.segmentBytes, 8 * 1024 * 1024, {
    min: 4096,
  });
  const byDefault = numberOption('spool.maxAgeMillis', options.maxAgeMillis, 24 * 3600_000, {
    min: 1,
    infinite: true,
  });
  const ages = sensitivityAges(
    'spool.maxAgeMillisBySensitivity',
    options.maxAgeMillisBySensitivity,
  );
  const agesOf = (byDefault: number): Record<Sensitivity, number> => ({
    public: ages.get('public') ?? byDefault,
    internal: ages.get('internal') ?? byDefault,
    confidential: ages.get('confidential') ?? byDefault,
    restricted: ages.get('restricted') ?? byDefault,
  });
  const letters = options.deadLetters ?? {};
  if (letters !== false) knownOptions(letters, deadLetterOptionKeys, 'spool.deadLetters');
  const letterBytes =
    letters === false
      ? 0
      : numberOption('spool.deadLetters.maxBytes', letters.maxBytes, maxBytes / 8);
  const letterAge = numberOption(
    'spool.deadLetters.maxAgeMillis',
    letters === false ? undefined : letters.maxAgeMillis,
    7 * 24 * 3600_000,
    { min: 1 },
  );
  return {
    directory,
    mode,
    fsync,
    maxBytes,
    segmentBytes: Math.min(segmentBytes, maxBytes / 8),
    maxAgeMillis: agesOf(byDefault),
    deadLetters: {
      maxBytes: letterBytes,
      maxAgeMillis: agesOf(letterAge),
      segmentBytes: Math.min(segmentBytes, letterBytes / 8),
    },
  };
}
