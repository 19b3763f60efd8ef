// 10 million random headers, other ones each day. `node test/fuzz/long.ts [count] [seed]`
import { fuzzHeaders } from './fuzz-headers.ts';

const count = Number(process.argv[2] ?? 10_000_000);
const seed = Number(process.argv[3] ?? Math.floor(Date.now() / 86_400_000));
const { failures, accepted, slowest } = fuzzHeaders(count, seed);
const { millis, name, length, start } = slowest;
const lines = [
  ...failures,
  `result: ${count.toLocaleString('en')} random headers (seed ${seed}): ${failures.length} exceptions or wrong headers, ${accepted.toLocaleString('en')} carried a context`,
  `result: the slowest single header took ${millis.toFixed(3)} ms: ${name} of ${length} characters, ${JSON.stringify(start)}`,
  failures.length === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed',
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exitCode = failures.length === 0 ? 0 : 1;
