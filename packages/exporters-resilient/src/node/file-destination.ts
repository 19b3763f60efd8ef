import { type Clock, InvalidOptionError, systemClock } from '@llm-otel/core';
import type { Destination } from '../destination.ts';
import { lineDestination } from '../destinations/line-destination.ts';
import { numberOption } from '../options.ts';
import { RotatingFile } from './rotating-file.ts';

export interface FileDestinationOptions {
  /** Written by one process only. Its folder has to exist. */
  readonly path: string;
  /** @defaultValue `file` */
  readonly name?: string | undefined;
  /** Bytes of one file. A single batch may be larger. @defaultValue 67108864 (64 MiB) */
  readonly maxBytes?: number | undefined;
  /** Files that are kept: `path`, `path.1` and so on. @defaultValue 5 */
  readonly maxFiles?: number | undefined;
  /** Files not written for so long are deleted, in milliseconds. @defaultValue absent: age does not count */
  readonly maxAgeMillis?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Writes OTLP/JSON, a line for each batch, as the file exporter of the OpenTelemetry Collector does and its receiver
 * reads. Files are readable by their owner only. A batch that cannot be written is counted as dropped (`write_failed`).
 * @throws InvalidOptionError for an option that cannot be used
 */
export function fileDestination(options: FileDestinationOptions): Destination {
  const { path, name = 'file', clock = systemClock } = options;
  const file = {
    path,
    maxBytes: numberOption('maxBytes', options.maxBytes, 64 * 1024 * 1024, { min: 1 }),
    maxFiles: numberOption('maxFiles', options.maxFiles, 5, { min: 1, max: 1000, integer: true }),
    maxAgeMillis: numberOption('maxAgeMillis', options.maxAgeMillis, Infinity),
    epochMillis: () => clock.epochMillis(),
  };
  if (typeof path !== 'string' || path === '')
    throw new InvalidOptionError({ option: 'path', value: path, use: 'the path of a file' });
  return lineDestination(name, 'write_failed', () => {
    const lines = new RotatingFile(file);
    return { write: (json) => lines.append(json), close: () => lines.close() };
  });
}
