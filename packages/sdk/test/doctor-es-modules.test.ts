import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ApplicationFolder } from './application-folder.ts';

const SDK = JSON.stringify(import.meta.resolve('@llm-otel/sdk'));
const JSON_OFFLINE = ['--offline', '--json'];
const here = createRequire(import.meta.resolve('@llm-otel/instrumentation-openai'));
const HOOK = JSON.stringify(
  pathToFileURL(here.resolve('@opentelemetry/instrumentation/hook.mjs')).href,
);
const START = `
import { register } from 'node:module'; register(${HOOK});
const { startTelemetry } = await import(${SDK}); const { OpenAiInstrumentation } = await import('@llm-otel/instrumentation-openai/instrumentation');
new OpenAiInstrumentation();
await startTelemetry();
`;
const APP = `
import { OpenAI } from 'openai';
const { create } = OpenAI.Chat.Completions.prototype;
export const isPatched = Object.getOwnPropertySymbols(create).length > 0;
`;
const LATE = 'late-instrumentation';

function applicationWith(
  files: Readonly<Record<string, string>>,
  manifest: object = {},
): ApplicationFolder {
  const application = new ApplicationFolder({
    ...manifest,
    dependencies: { openai: '*', '@llm-otel/instrumentation-openai': '*' },
  });
  application.linkReal('@opentelemetry/api', 'openai', '@llm-otel/instrumentation-openai');
  for (const [path, source] of Object.entries({ 'telemetry.js': START, 'app.js': APP, ...files }))
    application.write(path, source);
  return application;
}

/** Whether the client is patched in a process of the application itself. */
async function isPatched({ root }: ApplicationFolder, entry: string): Promise<boolean> {
  const ask = `const { isPatched } = await import('./${entry}'); console.log('patched', isPatched); process.exit();`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', ask],
    { cwd: root, env: { PATH: process.env['PATH'] } },
  );
  return stdout.includes('patched true');
}

describe('ES modules are loaded before the first of them runs, and what says so is what happens', () => {
  test.each([
    ['imported first in the same graph', `import './telemetry.js';\nexport * from './app.js';`],
    [
      'in the body of the file that imports',
      `import { register } from 'node:module'; register(${HOOK});\nimport './telemetry.js';\nexport * from './app.js';`,
    ],
  ])('telemetry %s is too late', async (_, main) => {
    using application = applicationWith({ 'main.js': main });

    const asEntry = await application.doctor([...JSON_OFFLINE, '--entry', 'main.js']);
    const asPreload = await application.doctor([...JSON_OFFLINE, '--import', './main.js']);

    expect(await isPatched(application, 'main.js')).toBe(false);
    expect(asEntry.ids).toContain(LATE);
    expect(asPreload.ids).toContain(LATE);
  });

  test.each([
    [`import './telemetry.js';\nexport const { isPatched } = await import('./app.js');`],
    [`await import('./telemetry.js');\nexport const { isPatched } = await import('./app.js');`],
  ])('a graph of its own is early enough behind it: %j', async (main) => {
    using application = applicationWith({ 'main.js': main });

    const asEntry = await application.doctor([...JSON_OFFLINE, '--entry', 'main.js']);
    const asPreload = await application.doctor([...JSON_OFFLINE, '--import', './main.js']);

    expect(await isPatched(application, 'main.js')).toBe(true);
    for (const { ids } of [asEntry, asPreload]) {
      expect(ids).not.toContain(LATE);
      expect(ids).not.toContain('client-not-patched');
    }
  });
});

test('a loader that the start script names lets instrumentations see ES modules', async () => {
  const hook = here.resolve('@opentelemetry/instrumentation/hook.mjs');
  const start = `node --import ./plain.js --experimental-loader=${pathToFileURL(hook).href} app.js`;
  const plain = START.replace(/register\(.*?\);/, '');
  const idsWith = async (scripts: Record<string, string>): Promise<readonly string[]> => {
    using application = applicationWith({ 'plain.js': plain }, { scripts });
    return (await application.doctor(JSON_OFFLINE)).ids;
  };

  expect(await idsWith({ start })).not.toContain('client-not-patched');
  expect(await idsWith({ start: 'node --import ./plain.js app.js' })).toContain(
    'client-not-patched',
  );
});

test('a process that has loaded a client too early is asked about that one, and not about another copy', async () => {
  // No source tells of it.
  using application = applicationWith({
    'main.js': `import './telemetry.js';\nimport './app.js?v=1';`,
  });

  const { ids } = await application.doctor([...JSON_OFFLINE, '--import', './main.js']);

  expect(ids).toContain('client-not-patched');
});

test.each([
  ['main.mts', {}, true],
  ['main.cts', {}, false],
  ['main.ts', {}, true],
  // Sources that a compiler makes CommonJS of run in their order.
  ['main.ts', { type: 'commonjs' }, false],
  ['main.ts', { type: undefined }, false],
  ['main.js', { type: undefined }, true],
])('whether %s of a package with %j is an ES module', async (main, manifest, isLate) => {
  using application = new ApplicationFolder({
    dependencies: { openai: '*', '@opentelemetry/instrumentation-openai': '*' },
    ...manifest,
  });
  application.write(main, "import './telemetry.js';\nimport 'openai';");

  const { ids } = await application.doctor([...JSON_OFFLINE, '--entry', main]);

  expect(ids.includes(LATE)).toBe(isLate);
});

test.each([
  'new OpenAIInstrumentation().manuallyInstrument(OpenAI);',
  'traceloop.initialize({ instrumentModules: { openAI: OpenAI } });',
])('a client that is handed over may be loaded before: %s', async (patches) => {
  using application = new ApplicationFolder({
    dependencies: { openai: '*', '@traceloop/instrumentation-openai': '*' },
    main: 'main.js',
  });
  application.write('main.js', `import './telemetry.js';\nimport OpenAI from 'openai';\n`);
  application.write('telemetry.js', `import OpenAI from 'openai';\n${patches}`);

  const { ids, outcomes } = await application.doctor(JSON_OFFLINE);

  expect(ids).not.toContain(LATE);
  expect(outcomes.find(({ check }) => check.includes('order'))?.skipped).toContain('handed');
});
