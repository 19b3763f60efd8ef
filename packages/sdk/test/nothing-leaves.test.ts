// From end to end: secrets are planted wherever an application or a third-party instrumentation writes text, and the raw
// bytes that reach the receiver, and what the process logs about itself, hold none of them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { startTelemetry } from '@llm-otel/sdk';
import {
  context,
  diag,
  metrics,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { expect, onTestFinished, test } from 'vitest';

// Put together at run time, so that no scanner takes this file for a leak.
const join = (...parts: readonly string[]): string => parts.join('');
const random = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const secrets: Readonly<Record<string, string>> = {
  openai: join('sk-', 'proj-', random, random),
  anthropic: join('sk-', 'ant-api03-', random, random, 'AA'),
  github: join('gh', 'p_', random),
  aws: join('AK', 'IA', 'Z7QK3MWX5T2RBNDF'),
  jwt: join('ey', 'JhbGciOiJIUzI1NiJ9', '.eyJ', random, '.', random),
  password: 'correct-horse-7-battery',
  card: '4111 1111 1111 1111',
  email: 'ada.lovelace@example.com',
};
// A password is known by its name only.
const all = Object.entries(secrets)
  .map(([name, secret]) => (name === 'password' ? `password: "${secret}"` : secret))
  .join(' and ');

/** A receiver that keeps the bytes as they came, unpacked. */
async function rawReceiver() {
  const bodies: { readonly path: string; readonly bytes: Buffer }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      bodies.push({ path: request.url ?? '', bytes });
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { bodies, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Attributes as other libraries write content. */
const foreignAttributes: Readonly<Record<string, string>> = {
  'llm.input_messages.0.message.content': all,
  'input.value': JSON.stringify({ question: all, password: secrets.password }),
  'gen_ai.prompt.0.content': all,
  'traceloop.entity.input': JSON.stringify({ inputs: [all] }),
  'ai.prompt.messages': JSON.stringify([{ role: 'user', content: [{ type: 'text', text: all }] }]),
  'langfuse.observation.output': JSON.stringify({ answer: JSON.stringify({ text: all }) }),
  'http.request.header.authorization': `Bearer ${secrets.jwt}`,
  'url.full': `https://user:${secrets.password}@api.example.com/v1?key=${encodeURIComponent(secrets.openai!)}`,
  'db.query.text': `UPDATE users SET password='${secrets.password}' WHERE mail='${secrets.email}'`,
  encoded: Buffer.from(`token ${secrets.github}`).toString('base64'),
  escaped: secrets.anthropic!.replaceAll('-', '%2D'),
};

test('none of the planted secrets reaches the receiver or the log of the process', async () => {
  const said: string[] = [];
  const say = (...parts: unknown[]): void => void said.push(inspect(parts, { depth: 9 }));
  // Told everything; the console would be written to past any spy on it.
  diag.setLogger({ error: say, warn: say, info: say, debug: say, verbose: say });
  const { bodies, url } = await rawReceiver();
  const telemetry = await startTelemetry({
    environment: {},
    endpoint: url,
    logs: true,
    serviceName: 'desk',
    resourceAttributes: {
      'ci.note': all,
      'process.command_line': `app --password ${secrets.password}`,
    },
    baggageKeys: ['app.note'],
    redaction: { version: 1, presets: ['secrets', 'pii'] },
  });
  onTestFinished(() => {
    for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
  });

  // An instrumentation that knows nothing of us: the global tracer.
  const foreign = trace.getTracer(`third-party ${secrets.github}`);
  const linked = foreign.startSpan('linked');
  const span = foreign.startSpan(`chat ${secrets.openai}`, {
    attributes: { ...foreignAttributes, list: [all, 'x'] },
    links: [{ context: linked.spanContext(), attributes: { note: all } }],
  });
  span.recordException(new Error(`401 Incorrect key: ${secrets.anthropic} of ${secrets.email}`));
  span.addEvent(`retry with ${secrets.github}`, { 'gen_ai.event.content': all });
  span.setStatus({ code: SpanStatusCode.ERROR, message: `denied: ${all}` });
  span.end();
  linked.end();
  const meter = telemetry.meter('app');
  meter
    .createCounter('desk.tickets', { description: `for ${secrets.email}` })
    .add(1, { note: all });
  telemetry.logger('app').emit({
    body: { text: all, nested: [{ password: secrets.password }] },
    attributes: { 'exception.message': all },
  });
  const headers: Record<string, string> = {};
  const baggage = propagation.createBaggage({ 'app.note': { value: all } });
  propagation.inject(propagation.setBaggage(ROOT_CONTEXT, baggage), headers);
  await telemetry.forceFlush();
  await telemetry.shutdown();

  expect(said.join('\n')).toContain('at shutdown traces: ended');
  const paths = new Set(bodies.map(({ path }) => path));
  expect([...paths].toSorted()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']);
  const received = bodies.map(({ bytes }) => bytes.toString('latin1')).join('\n');
  expect(received).toContain('gen_ai.input.messages');
  const left = [received, decodeURIComponent(headers.baggage ?? ''), said.join('\n')];
  for (const [name, secret] of Object.entries(secrets)) {
    for (const text of left) expect(text.includes(secret), name).toBe(false);
    expect(received.includes(Buffer.from(secret).toString('base64').slice(4, 24)), name).toBe(
      false,
    );
  }
  expect(received).not.toContain(foreignAttributes.encoded);
  expect(received).not.toContain(foreignAttributes.escaped!.slice(20));
  expect(Object.keys(telemetry.redactions().redacted).length).toBeGreaterThan(7);
});
