// What comes from outside is quoted in the log of the process: answers of receivers, errors of other people's code.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTelemetry, type TelemetryOptions } from '@llm-otel/sdk';
import { context, diag, type DiagLogger, metrics, propagation, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, onTestFinished, test } from 'vitest';

// Put together at run time, so that no scanner takes this file for a leak.
const token = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');
const mail = 'ada.lovelace@example.com';

/** Refuses everything and quotes a secret that is none of our own headers. */
async function rudeReceiver() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(`{"message":"key ${token} of ${mail} unknown, ${'so sorry '.repeat(3)}"}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(options: TelemetryOptions) {
  const telemetry = await startTelemetry({
    environment: {},
    endpoint: await rudeReceiver(),
    redaction: { version: 1, presets: ['secrets', 'pii'] },
    ...options,
  });
  onTestFinished(() => {
    for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
  });
  return telemetry;
}

function listening() {
  const said: string[] = [];
  const say = (...parts: unknown[]) => void said.push(parts.map(String).join(' '));
  const logger: DiagLogger = { error: say, warn: say, info: say, debug: say, verbose: say };
  return { said, logger };
}

test('what a receiver answers is redacted before the log of the process tells it, until the shutdown', async () => {
  const { said, logger } = listening();
  diag.setLogger(logger);
  const telemetry = await start({});

  telemetry.tracer('app').startSpan('a').end();
  await telemetry.forceFlush();
  diag.warn('a library says', new Error(`refused ${token} of ${mail}`), { note: mail });
  const report = JSON.stringify(await telemetry.shutdown());

  const log = said.join('\n');
  diag.warn(`mail ${mail}`);
  expect(said.at(-1)).toBe(`mail ${mail}`);
  expect(report).toContain('"complete":false');
  expect(report).not.toContain(token);
  expect(report).not.toContain(mail);
  expect(log).toContain('so sorry');
  expect(log).toContain('http_401');
  expect(log).toContain('a library says');
  expect(log).not.toContain(token);
  expect(log).not.toContain(mail);
});

test('a start that fails leaves the logger of the application as it was', async () => {
  const { said, logger } = listening();
  diag.setLogger(logger);
  trace.setGlobalTracerProvider(new TracerProvider());
  const telemetry = await start({});
  await telemetry.shutdown();
  expect(said.at(-1)).toContain('did not start');

  diag.warn(`mail ${mail}`);
  expect(said.at(-1)).toBe(`mail ${mail}`);
});

test('without redaction the log is as it is told', async () => {
  const { said, logger } = listening();
  diag.setLogger(logger);
  const telemetry = await start({ redaction: false });

  diag.warn(`mail ${mail}`);
  await telemetry.shutdown();
  expect(said).toContain(`mail ${mail}`);
});
