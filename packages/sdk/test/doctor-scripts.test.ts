import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ApplicationFolder } from './application-folder.ts';

const JSON_OFFLINE = ['--offline', '--json'];

test.each(['test', 'pretest', 'migrate', 'starter-kit:reset', 'development-seed'])(
  'the set-up of the script %j is not run',
  async (name) => {
    using application = new ApplicationFolder({
      scripts: { start: 'node app.js', [name]: 'node --import ./setup.js x.js' },
    });
    application.write(
      'setup.js',
      "import { writeFileSync } from 'node:fs'; writeFileSync('ran.txt', '1');",
    );

    const { ids } = await application.doctor(JSON_OFFLINE);

    expect(existsSync(join(application.root, 'ran.txt'))).toBe(false);
    expect(ids).toEqual([]);
  },
);

test('variables of the start script count', async () => {
  using application = new ApplicationFolder({
    scripts: {
      start: 'NODE_ENV=production OTEL_REDACTION_ENABLED=false node --env-file=.env app.js',
    },
  });
  application.write('.env', 'OTEL_BSP_MAX_QUEUE_SIZE=many');

  const { ids } = await application.doctor(JSON_OFFLINE);

  expect(ids).toEqual(['invalid-variable', 'redaction-off']);
});

test.each([
  [['no/such/folder'], 'no/such/folder'],
  [['--entry', 'nope.mjs'], 'nope.mjs'],
])('a mistake in the use of the command: %j', async (args, named) => {
  using application = new ApplicationFolder();

  const { code, stdout, stderr } = await application.doctor(['--offline', ...args]);

  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(`${named} is not there`);
});
