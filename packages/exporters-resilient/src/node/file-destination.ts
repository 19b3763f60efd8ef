import { type Clock, InvalidOptionError, type OptionKeys, systemClock } from '@llm-otel/core';
import type { Destination, DestinationTools } from '../destination.ts';
import { type LineWriter, lineDestination } from '../destinations/line-destination.ts';
import { knownOptions } from '../known-options.ts';
import { numberOption } from '../options.ts';
import { checkClock, checkName } from '../owner-options.ts';
import type { Sensitivity } from '../spool/sensitivity.ts';
import { sensitivityAges } from '../spool/sensitivity-ages.ts';
import { RotatingFile, type RotatingFileOptions } from './rotating-file.ts';

export interface FileDestinationOptions {
  /** Written by one process only, by any number of destinations in it. Its folder has to exist. */
  readonly path: string;
  /** @defaultValue `file` */
  readonly name?: string | undefined;
  /** Bytes of one file. A single batch may be larger. @defaultValue 67108864 (64 MiB) */
  readonly maxBytes?: number | undefined;
  /** Files that are kept: `path`, `path.1` and so on. @defaultValue 5 */
  readonly maxFiles?: number | undefined;
  /**
   * How long a line is kept, in milliseconds. A file leaves when its last line is that old, and goes on for a part of that time
   * only: with 5 files a quarter. @defaultValue absent: age does not count
   */
  readonly maxAgeMillis?: number | undefined;
  /**
   * The same for what is of one sensitivity (`sensitivityOf` of the processor). A class that has an age of its own has
   * files of its own: `path.restricted`, `path.restricted.1`. @defaultValue `maxAgeMillis` for all, in the same files
   */
  readonly maxAgeMillisBySensitivity?: Readonly<Partial<Record<Sensitivity, number>>> | undefined;
  readonly clock?: Clock | undefined;
}

const known: OptionKeys<FileDestinationOptions> = {
  path: true,
  name: true,
  maxBytes: true,
  maxFiles: true,
  maxAgeMillis: true,
  maxAgeMillisBySensitivity: true,
  clock: true,
};

// How often files that nobody writes are looked at.
const LOOK_MILLIS = 60_000;

/**
 * Writes OTLP/JSON, a line for each batch, as the file exporter of the OpenTelemetry Collector does and its receiver
 * reads. Files are readable by their owner only. A batch that cannot be written goes to the next destination of a chain or
 * into the spool; where there is neither it is counted as dropped (`write_failed`).
 * @throws InvalidOptionError for an option that cannot be used
 */
export function fileDestination(options: FileDestinationOptions): Destination {
  knownOptions(options, known);
  checkClock(options.clock);
  const { path, name = 'file', clock = systemClock } = options;
  const maxAgeMillis = numberOption('maxAgeMillis', options.maxAgeMillis, Infinity, {
    min: 1,
    infinite: true,
  });
  checkName(name);
  const ages = sensitivityAges('maxAgeMillisBySensitivity', options.maxAgeMillisBySensitivity);
  const common = {
    maxBytes: numberOption('maxBytes', options.maxBytes, 64 * 1024 * 1024, { min: 1 }),
    maxFiles: numberOption('maxFiles', options.maxFiles, 5, { min: 1, max: 1000, integer: true }),
    epochMillis: () => clock.epochMillis(),
  };
  if (typeof path !== 'string' || path === '')
    throw new InvalidOptionError({ option: 'path', value: path, use: 'the path of a file' });
  const files: ClassFile[] = [{ sensitivity: undefined, ...common, path, maxAgeMillis }];
  for (const [sensitivity, age] of ages)
    files.push({ sensitivity, ...common, path: `${path}.${sensitivity}`, maxAgeMillis: age });
  return lineDestination(name, (tools) => openFiles(files, tools));
}

interface ClassFile extends RotatingFileOptions {
  /** Undefined: every class that has no file of its own. */
  readonly sensitivity: Sensitivity | undefined;
}

function openFiles(files: readonly ClassFile[], { clock, failures }: DestinationTools): LineWriter {
  const byClass = new Map(files.map((file) => [file.sensitivity, new RotatingFile(file)]));
  const limited = files.some(({ maxAgeMillis }) => maxAgeMillis < Infinity);
  let timer: unknown;
  const look = (): void => {
    for (const file of byClass.values()) failures.guard('deleting old files', () => file.dropOld());
    timer = clock.setTimer(look, LOOK_MILLIS);
  };
  if (limited) look();
  return {
    write(json, { sensitivity }) {
      (byClass.get(sensitivity) ?? byClass.get(undefined))?.append(json);
    },
    close() {
      if (timer !== undefined) clock.clearTimer(timer);
      for (const file of byClass.values()) file.close();
    },
  };
}
