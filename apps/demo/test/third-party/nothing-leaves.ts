// Real instrumentations of others, over real HTTP: what reaches the receiver, what lies in the spool and what the process
// says hold none of the planted secrets. Installs them on the first run. Run by `npm run test:long`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { startModelEmulator } from '@llm-otel/testing';
import { SECRETS as DEMO_SECRETS } from '../../src/ticket.ts';
import { installThirdParties } from './install.ts';
import { plantedSecrets } from './planted-secrets.ts';

/** Scopes and attributes by which each library is known: without them it has recorded nothing and proves nothing. */
const marks: Readonly<Record<string, string>> = {
  traceloop: '@traceloop/instrumentation-openai',
  openinference: '@arizeai/openinference-instrumentation-openai',
  'ai sdk': 'ai.prompt',
  'ai sdk, conventions': 'gen_ai.input.messages',
  langfuse: 'langfuse-sdk',
};

let passed = 0;
let failed = 0;
function check(name: string, isRight: boolean): void {
  if (isRight) passed++;
  else failed++;
  process.stdout.write(`${isRight ? 'ok' : 'FAILED'}  ${name}\n`);
}

/** Keeps the bytes as they came, unpacked. */
async function receiver(status: number) {
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      bodies.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
      response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { bodies, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function filesBelow(folder: string): Buffer[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path));
}

/** Runs the application against a receiver that answers so. */
async function run(name: string, status: number): Promise<void> {
  const spool = mkdtempSync(join(tmpdir(), 'llm-otel-third-party-'));
  const { bodies, server, url } = await receiver(status);
  const answer = { text: `Is ${plantedSecrets.anthropic} of ${plantedSecrets.email} still valid?` };
  await using emulator = await startModelEmulator({ scripts: () => answer });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'application.ts')], {
    env: {
      PATH: process.env.PATH,
      THIRD_PARTY: folder,
      EMULATOR: emulator.openAiBaseUrl,
      RECEIVER: url,
      SPOOL: spool,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  server.close();
  if (code !== 0) process.stderr.write(stderr);
  check(`${name}: the application ends well`, code === 0);
  const places = {
    'what was received': Buffer.concat(bodies).toString('latin1'),
    'the spool': Buffer.concat(filesBelow(spool)).toString('latin1'),
    'the output of the process': stdout + stderr,
  };
  rmSync(spool, { recursive: true });
  // Refused requests come again from the spool, so that it holds what the libraries wrote.
  const recorded = status === 200 ? places['what was received'] : places['the spool'];
  for (const [library, mark] of Object.entries(marks))
    check(`${name}: ${library} has recorded something`, recorded.includes(mark));
  check(`${name}: placeholders stand there`, recorded.includes('[REDACTED:'));
  for (const [place, bytes] of Object.entries(places))
    for (const [secret, value] of Object.entries(plantedSecrets)) {
      const encoded = Buffer.from(value).toString('base64').slice(4, 24);
      check(
        `${name}: ${place} holds no ${secret}`,
        !bytes.includes(value) && !bytes.includes(encoded),
      );
    }
}

/** The demo: what its processes hand to their sockets, and what they say. */
async function runDemo(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'llm-otel-demo-bytes-'));
  const requests = join(scratch, 'requests');
  const child = spawn('npm', ['run', '--silent', 'demo', '--', '--json'], {
    cwd: join(import.meta.dirname, '../../../..'),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_OPTIONS: `--import ${join(import.meta.dirname, 'record-requests.mjs')}`,
      RECORD_REQUESTS: requests,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (code !== 0) process.stderr.write(stderr);
  check('demo: ends well', code === 0);
  const bytes = readFileSync(requests, 'latin1');
  rmSync(scratch, { recursive: true });
  check('demo: the ticket was sent', bytes.includes('[REDACTED:openai_api_key]'));
  for (const [secret, value] of Object.entries(DEMO_SECRETS)) {
    check(`demo: no request holds the ${secret}`, !bytes.includes(value));
    check(`demo: no output holds the ${secret}`, !(stdout + stderr).includes(value));
  }
}

const folder = installThirdParties();
await run('delivered', 200);
await run('refused', 503);
await runDemo();
process.stdout.write(
  `result: spans of ${Object.keys(marks).length} instrumentations, and the demo, as received, in the spool and in the output\n${passed} passed, ${failed} failed\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
