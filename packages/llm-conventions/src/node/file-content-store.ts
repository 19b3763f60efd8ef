import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Clock, FailureLog, InvalidOptionError, systemClock } from '@llm-otel/core';
import type { ContentReference, ContentStore, StoredContent } from '../content/content-store.ts';
import { ContentFolder } from './content-folder.ts';

export interface FileContentStoreOptions {
  /** The folder. It is made where it does not exist, readable by its owner only. */
  readonly directory: string;
  /**
   * Most bytes in the folder; the oldest files go first. @defaultValue 1073741824 (1 GiB)
   * @throws {@link InvalidOptionError} unless a positive whole number
   */
  readonly maxBytes?: number | undefined;
  /**
   * How long a file is kept after it was last stored. @defaultValue 604800000 (7 days)
   * @throws {@link InvalidOptionError} unless a positive number
   */
  readonly maxAgeMillis?: number | undefined;
  /**
   * Most bytes that wait to be written; what does not fit is not taken. @defaultValue 67108864 (64 MiB)
   * @throws {@link InvalidOptionError} unless a positive whole number
   */
  readonly maxPendingBytes?: number | undefined;
  /**
   * What stands in front of `ab/abcdef….png` in the address on the span, for example the URL of a server that serves the
   * folder. @defaultValue the `file:` URL of the folder
   */
  readonly uriPrefix?: string | undefined;
  /** @defaultValue the clock of the runtime */
  readonly clock?: Clock | undefined;
}

export interface FileContentStoreReport {
  /** Files written. Content that was there already is not written again. */
  readonly written: number;
  /** Contents that were not taken, because too much was waiting. */
  readonly refused: number;
  /** Contents that were taken and could not be written. */
  readonly failed: number;
  /** Files removed to keep to `maxBytes` and `maxAgeMillis`. */
  readonly evicted: number;
  readonly pendingBytes: number;
}

export interface FileContentStore extends ContentStore {
  report(): FileContentStoreReport;
  flush(): Promise<void>;
}

/**
 * Stores content in a folder, each under its SHA-256, so that the same picture in a hundred messages is one file.
 * Writing goes on behind the application's back; `flush` waits for it.
 */
export function fileContentStore(options: FileContentStoreOptions): FileContentStore {
  const { directory, clock = systemClock } = options;
  if (typeof directory !== 'string' || directory === '')
    throw new InvalidOptionError({
      option: 'directory',
      value: directory,
      use: 'the path of a folder',
    });
  const limits = {
    maxBytes: positive('maxBytes', options.maxBytes, 2 ** 30),
    maxAgeMillis: positive('maxAgeMillis', options.maxAgeMillis, 7 * 24 * 3600 * 1000),
  };
  const maxPendingBytes = positive('maxPendingBytes', options.maxPendingBytes, 2 ** 26);
  const root = resolve(directory);
  const prefix = (options.uriPrefix ?? pathToFileURL(root).href).replace(/\/$/, '');
  const folder = new ContentFolder(root, limits, clock);
  const failures = new FailureLog();
  const pending = new Map<string, number>();
  let pendingBytes = 0;
  let refused = 0;
  let failed = 0;
  let writing: Promise<void> = Promise.resolve();

  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    try {
      await folder.write(name, bytes);
    } catch (error) {
      failed++;
      failures.report(`writing content to ${root}`, error);
    } finally {
      pending.delete(name);
      pendingBytes -= bytes.byteLength;
    }
  };

  return {
    put({ bytes, mimeType }: StoredContent): ContentReference | undefined {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const name = join(sha256.slice(0, 2), `${sha256}.${extensionOf(mimeType)}`);
      if (!pending.has(name)) {
        if (pendingBytes + bytes.byteLength > maxPendingBytes) {
          refused++;
          return undefined;
        }
        pending.set(name, bytes.byteLength);
        pendingBytes += bytes.byteLength;
        // One after the other: telemetry should not compete with the application for the disk.
        writing = writing.then(() => write(name, bytes));
      }
      return { uri: `${prefix}/${name.replaceAll('\\', '/')}`, sha256 };
    },
    flush: () => writing,
    report: () => ({
      written: folder.written,
      refused,
      failed,
      evicted: folder.evicted,
      pendingBytes,
    }),
  };
}

function positive(option: string, value: number | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!(Number.isSafeInteger(value) && value > 0))
    throw new InvalidOptionError({ option, value, use: 'a positive whole number' });
  return value;
}

/** The end of a file's name, made of what is harmless in one. */
function extensionOf(mimeType: string | undefined): string {
  const subtype = /^[\w.+-]+\/(?:x-)?([a-z0-9]{1,8})\b/i.exec(mimeType ?? '')?.[1]?.toLowerCase();
  if (subtype === undefined) return 'bin';
  return subtype === 'plain' ? 'txt' : subtype;
}
