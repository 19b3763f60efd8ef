import { compare } from '@llm-otel/tooling/bench';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { TraceEncoder } from '../src/encode/trace-encoder.ts';
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
