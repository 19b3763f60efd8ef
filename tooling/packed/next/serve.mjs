// Starts a Next.js application beside an emulator and a sink, asks its routes, ends it by SIGTERM and prints what arrived.
// `node serve.mjs start|standalone <route …>`: a route that is given twice is asked twice.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { startModelEmulator, startOtlpSink } from '@llm-otel/testing';

const models = await startModelEmulator();
const sink = await startOtlpSink();
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
const [form, ...routes] = process.argv.slice(2);
// A standalone server takes 0 for its default.
const port = String(await freePort());
const address = ['-p', port, '-H', '127.0.0.1'];
const commands = {
  start: [next, 'start', ...address],
  standalone: ['.next/standalone/server.js'],
};
const application = spawn(process.execPath, commands[form], {
  env: {
    ...process.env,
    PORT: port,
    HOSTNAME: '127.0.0.1',
    NEXT_MANUAL_SIG_HANDLE: 'true',
    NEXT_TELEMETRY_DISABLED: '1',
    OPENAI_API_KEY: 'none',
    OPENAI_BASE_URL: `${models.url}/v1`,
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    // Longer than this runs: what arrives of Node.js was sent because of the signal.
    OTEL_BSP_SCHEDULE_DELAY: '60000',
    OTEL_SAMPLING_RATE: '1',
  },
  stdio: ['ignore', 'pipe', 'pipe'],
  timeout: 60_000,
  killSignal: 'SIGKILL',
});
const ended = new Promise((resolve) => {
  application.on('close', (code, signal) => resolve(code ?? signal));
});
let said = '';
const url = await new Promise((resolve, reject) => {
  for (const stream of [application.stdout, application.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
      const local = /Local: +(\S+)[^]*Ready/.exec(said)?.[1];
      if (local !== undefined) resolve(local);
    });
  void ended.then(() => reject(new Error(said)));
});
const answers = [];
for (const route of routes) {
  const response = await fetch(url + route);
  answers.push(`${route} ${response.status} ${await response.text()}`);
  // A server of its own, which is not told of the end.
  if (route === '/edge')
    await sink.waitFor(({ spans }) => spans.some(({ name }) => name.endsWith('route (app) /edge')));
}
application.kill('SIGTERM');
const end = await ended;
const spans = sink.spans.map(({ name, traceId, spanId, parentSpanId, startTimeUnixNano }) => ({
  name: name.replace(models.url, 'http://models.test'),
  traceId,
  spanId,
  parentSpanId,
  start: String(startTimeUnixNano),
}));
process.stdout.write(JSON.stringify({ answers, end, said, spans }));
await Promise.all([models.close(), sink.close()]);

function freePort() {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
