import type { RecordedRequest, Recording } from '@llm-otel/core';
import { entriesOf, type FoundLog } from '../cli/spool-files.ts';
import { realFiles } from '../spool/disk/files.ts';
import { Damage } from './damage.ts';
import { protobufRequestOf } from './signal-of-request.ts';

/** A log of a spool as a recording: what waits in it, and what was delivered and is still there. */
export class RecordedLog implements Recording {
  readonly name: string;
  readonly destination: string;
  readonly bytes: number;
  bytesRead = 0;
  readonly #log: FoundLog;
  readonly #damage = new Damage();

  constructor(log: FoundLog) {
    this.#log = log;
    this.name = log.folder;
    this.destination = log.name.destination;
    this.bytes = log.bytes;
  }

  get damage(): Recording['damage'] {
    return this.#damage.seen;
  }

  async *requests(): AsyncGenerator<RecordedRequest> {
    const { signal } = this.#log.name;
    for (const entry of entriesOf(realFiles, this.#log)) {
      const place = `${entry.segment}, byte ${entry.offset}`;
      if (entry.kind === 'garbage') {
        this.bytesRead += entry.bytes;
        this.#damage.add(`${entry.bytes} bytes are no record: ${place}`);
        continue;
      }
      this.bytesRead += entry.header.length;
      try {
        const { payload } = entry;
        if (payload === undefined) throw new Error('its checksum is another');
        yield { ...protobufRequestOf(signal, payload), place };
      } catch (error) {
        this.#damage.add(`a record is damaged, ${place}: ${(error as Error).message}`);
      }
    }
  }
}
