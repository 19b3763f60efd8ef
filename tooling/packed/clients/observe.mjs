// Runs an application beside an emulator and a sink, and prints what arrived: `node observe.mjs <runtime> <its arguments>`.
import { spawn } from 'node:child_process';
import { startModelEmulator, startOtlpSink } from '@llm-otel/testing';

// No `await using`: the oldest supported Node.js has none.
const models = await startModelEmulator();
const sink = await startOtlpSink();
const [runtime, ...args] = process.argv.slice(2);
const application = spawn(runtime, args, {
  env: { ...process.env, MODELS: models.url, OTEL_EXPORTER_OTLP_ENDPOINT: sink.url },
  stdio: ['ignore', 'pipe', 'pipe'],
  // Ends one that hangs; a cold start on a busy machine has taken 20 s.
  timeout: 45_000,
});
let said = '';
for (const stream of [application.stdout, application.stderr])
  stream.setEncoding('utf8').on('data', (text) => (said += text));
const code = await new Promise((resolve) => void application.on('close', resolve));
const spans = sink.spans.map(({ name }) => name).toSorted();
process.stdout.write(JSON.stringify({ code, said, spans, requests: models.requests.length }));
await Promise.all([models.close(), sink.close()]);
