// Appending records to the spool beside writing the same bytes to a file, on the disk of the temporary folder.
import { closeSync, mkdtempSync, openSync, rmSync, unlinkSync, writevSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from '@llm-otel/tooling/bench';
import { realFiles } from '../src/spool/disk/files.ts';
import { HEADER_BYTES } from '../src/spool/disk/record-header.ts';
import { RecordLog } from '../src/spool/disk/record-log.ts';
import type { StoredRequest } from '../src/spool/spool.ts';

const RECORD = 32 * 1024;
const SEGMENT = 8 * 1024 * 1024;
const RECORDS = SEGMENT / (RECORD + HEADER_BYTES);

const folder = mkdtempSync(join(tmpdir(), 'llm-otel-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const body = Uint8Array.from({ length: RECORD }, (_, index) => (index * 31) % 251);
const header = Buffer.alloc(HEADER_BYTES);
const request: StoredRequest = { body, items: 8, format: 'protobuf', sensitivity: 'internal' };

let plainFile = 0;
function plain(): number {
  const path = join(folder, `plain-${plainFile++}`);
  const fd = openSync(path, 'wx');
  let position = 0;
  for (let i = 0; i < RECORDS; i++) position += writevSync(fd, [header, body], position);
  closeSync(fd);
  unlinkSync(path);
  return position;
}

const log = new RecordLog({
  files: realFiles,
  folder,
  signal: 'traces',
  sensitivity: 'internal',
  segmentBytes: SEGMENT,
  fsync: 'never',
  now: () => 0,
  lost: () => undefined,
  failed(_what, error) {
    throw error;
  },
});
function spool(): number {
  for (let i = 0; i < RECORDS; i++) {
    const stored = log.put(request);
    if ('refused' in stored) throw new Error(stored.refused);
    stored.rest();
  }
  const { bytes } = log;
  log.evictOldest('spool_full');
  return bytes;
}

compare({
  id: 'E4',
  title: 'spool append, 32 KB records, no fsync',
  baseline: { name: 'plain writev', run: plain, operations: RECORDS },
  ours: { name: 'RecordLog.put', run: spool, operations: RECORDS },
  floor: { timesFaster: 0.6 },
  stretch: { timesFaster: 0.8 },
});
