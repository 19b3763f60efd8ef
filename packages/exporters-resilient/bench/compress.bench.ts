import { compare } from '@llm-otel/tooling/bench';
import { constants, createGzip, gzipSync, zstdCompressSync } from 'node:zlib';
import { TraceEncoder } from '../src/encode/trace-encoder.ts';
import { nodeTransport } from '../src/node/index.ts';
import { chatSpans } from './llm-span.ts';

const BATCH = 512;
const spans = chatSpans(BATCH, 'mixed');
const encoder = new TraceEncoder();
const body = encoder.encodeCopy(spans, (_span, error) => {
  throw error;
});
const zstd = (level: number): Buffer =>
  zstdCompressSync(body, { params: { [constants.ZSTD_c_compressionLevel]: level } });

// Why gzip has level 1 and zstd level 3 by default: the sizes, to be read beside the times below.
for (const level of [1, 3, 6, 9])
  console.log(
    `gzip ${level}: ${((gzipSync(body, { level }).length / body.length) * 100).toFixed(1)} %`,
  );
for (const level of [1, 3, 6, 9])
  console.log(`zstd ${level}: ${((zstd(level).length / body.length) * 100).toFixed(1)} %`);

for (const level of [1, 3, 9])
  compare({
    id: `gzip-${level}`,
    title: `gzip ${level} of 512 LLM spans, against gzip 6, the default of Node.js and of the stock exporter`,
    baseline: { name: 'gzip 6', run: () => gzipSync(body, { level: 6 }).length, operations: BATCH },
    ours: { name: `gzip ${level}`, run: () => gzipSync(body, { level }).length, operations: BATCH },
  });

for (const level of [1, 3, 6])
  compare({
    id: `zstd-${level}`,
    title: `zstd ${level} of 512 LLM spans, against gzip 1`,
    baseline: { name: 'gzip 1', run: () => gzipSync(body, { level: 1 }).length, operations: BATCH },
    ours: { name: `zstd ${level}`, run: () => zstd(level).length, operations: BATCH },
  });

const transport = nodeTransport();
const PIECE = 64 * 1024;
const ROUNDS = 20;

/** As the batch is encoded: piece by piece into a stream. */
function inPieces(): Promise<number> {
  return new Promise((resolve, reject) => {
    const packing = createGzip({ level: 1 });
    let size = 0;
    packing.on('data', (piece: Buffer) => (size += piece.length));
    packing.on('end', () => resolve(size));
    packing.on('error', reject);
    for (let at = 0; at < body.length; at += PIECE) packing.write(body.subarray(at, at + PIECE));
    packing.end();
  });
}

/** What the application's thread gives for it, in nanoseconds per span. The packing itself is done beside it. */
async function onThread(pack: () => Promise<unknown>): Promise<number> {
  await pack();
  const before = process.threadCpuUsage();
  for (let i = 0; i < ROUNDS; i++) await pack();
  const { user, system } = process.threadCpuUsage(before);
  return ((user + system) * 1000) / ROUNDS / BATCH;
}

compare({
  id: 'gzip-whole',
  title:
    'gzip 1 beside the thread: time of the thread itself, whole requests against pieces of 64 KiB',
  baseline: { name: 'in pieces', measure: () => onThread(inPieces) },
  ours: { name: 'whole', measure: () => onThread(async () => transport.gzip?.(body)) },
});
