// A program that has ended does not wait for its policy, unless it says so.
import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const program = join(import.meta.dirname, 'fixtures/poll-and-end.ts');
const TEXT = '{"version":1,"rules":[{"name":"everything","keep":"all"}]}';

/** What the program writes until it ends of itself. */
async function run(answer: RequestListener, mode = ''): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const started = promisify(execFile)(
    process.execPath,
    [program, `http://127.0.0.1:${port}/policy.json`, mode],
    { env: { PATH: process.env['PATH'] } },
  );
  const { stdout } = await started;
  return stdout;
}

// Its own time is ten minutes, so that a process that waits for it fails by the time of the test.
test.each<[string, RequestListener]>([
  ['never comes', () => undefined],
  ['never ends', (_, response) => void response.writeHead(200).write('{')],
])('an answer that %s keeps no process alive', { timeout: 30_000 }, async (_, answer) => {
  expect(await run(answer)).toBe('');
});

test('an answer that is awaited does, also a late one', { timeout: 30_000 }, async () => {
  const late: RequestListener = (_, response) => {
    setTimeout(() => response.end(TEXT), 300);
  };

  expect(await run(late, 'await')).toBe('updated');
});
