import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ApplicationFolder, type Diagnosis } from './application-folder.ts';

// The sources, for processes of applications in folders of their own.
const SDK = JSON.stringify(import.meta.resolve('@llm-otel/sdk'));
const JSON_OFFLINE = ['--offline', '--json'];
const START = `import { startTelemetry } from ${SDK};\nawait startTelemetry({ serviceName: 'shop' });`;
const HAS_STARTED = /preset = development +the started telemetry/;

describe('what is preloaded', () => {
  const applicationWith = (
    files: Readonly<Record<string, string>>,
    manifest: object = {},
  ): ApplicationFolder => {
    const application = new ApplicationFolder(manifest);
    application.linkReal('@opentelemetry/api');
    for (const [path, source] of Object.entries(files)) application.write(path, source);
    return application;
  };

  test.each<[string, Record<string, string>, object]>([
    ['NODE_OPTIONS', { NODE_OPTIONS: '--max-old-space-size=256 --import ./telemetry.mjs' }, {}],
    ['--require in NODE_OPTIONS', { NODE_OPTIONS: '-r ./setup' }, { type: 'commonjs' }],
    [
      'a script, behind what starts nothing',
      {},
      { scripts: { start: 'node --require ./loader.cjs --import ./late.mjs app.js' } },
    ],
  ])('by %s is started as it is there', async (_, environment, manifest) => {
    using application = applicationWith(
      {
        'telemetry.mjs': START,
        'setup.js': `require(${JSON.stringify(fileURLToPath(JSON.parse(SDK) as string))}).startTelemetry();`,
        'loader.cjs': 'globalThis.isLoaded = true;',
        'late.mjs': START.replace('await ', 'if (globalThis.isLoaded) await '),
      },
      manifest,
    );

    const { stdout } = await application.doctor(['--offline', '--settings'], environment);

    expect(stdout).toMatch(HAS_STARTED);
  });

  test('that only helps to load starts nothing', async () => {
    using application = applicationWith({}, { scripts: { start: 'node --import tsx app.ts' } });

    const { outcomes } = await application.doctor(JSON_OFFLINE);

    expect(outcomes.find(({ check }) => check.includes('registered'))?.skipped).toContain(
      'is not known',
    );
  });
});

test('a start of others that nobody awaits is given a moment, and told', async () => {
  using application = new ApplicationFolder();
  application.install('@opentelemetry/api@1.10');
  application.install('@opentelemetry/sdk-trace@3.1');
  application.install('@opentelemetry/context-async-hooks@3.1');
  application.write(
    'telemetry.js',
    `setTimeout(async () => {
      const { trace, context } = await import('@opentelemetry/api');
      const { TracerProvider } = await import('@opentelemetry/sdk-trace');
      const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      trace.setGlobalTracerProvider(new TracerProvider());
    }, 50);`,
  );

  const { findings } = await application.doctor([...JSON_OFFLINE, '--import', './telemetry.js']);

  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ['start-not-awaited', 'note'],
  ]);
});

test('each client that is loaded too early is told, once', async () => {
  using application = new ApplicationFolder({
    main: 'main.js',
    dependencies: {
      openai: '*',
      '@anthropic-ai/sdk': '*',
      '@traceloop/instrumentation-openai': '*',
      '@traceloop/instrumentation-anthropic': '*',
    },
  });
  application.write(
    'main.js',
    "import 'openai';\nimport '@anthropic-ai/sdk';\nimport 'openai/client';\nimport './telemetry.js';",
  );
  application.write('telemetry.js', START);

  const { findings } = await application.doctor(JSON_OFFLINE);

  expect(findings.filter(({ id }) => id === 'late-instrumentation').map(({ why }) => why)).toEqual([
    expect.stringContaining('@traceloop/instrumentation-openai can only patch openai '),
    expect.stringContaining(
      '@traceloop/instrumentation-anthropic can only patch @anthropic-ai/sdk ',
    ),
  ]);
});

describe('how the entry loads a client', () => {
  const here = createRequire(import.meta.resolve('@llm-otel/instrumentation-openai'));
  const telemetry = `
    import { OpenAiInstrumentation } from ${JSON.stringify(here.resolve('@llm-otel/instrumentation-openai/instrumentation'))};
    new OpenAiInstrumentation();
    const { startTelemetry } = await import(${SDK});
    await startTelemetry();
  `.replace('from "', 'from "file://');
  const idsFor = async (entry: string, manifest: object): Promise<readonly string[]> => {
    using application = new ApplicationFolder({
      dependencies: { openai: '*', '@llm-otel/instrumentation-openai': '*' },
      ...manifest,
    });
    application.linkReal('@opentelemetry/api', 'openai', '@llm-otel/instrumentation-openai');
    application.write(
      'telemetry.mjs',
      `import '@llm-otel/instrumentation-openai/instrumentation';\n${telemetry}`,
    );
    application.write(entry, '');
    const args = [...JSON_OFFLINE, '--import', './telemetry.mjs'];
    const { ids } = await application.doctor(args);
    // Our packages are developed with several copies of the API.
    return ids.filter((id) => id !== 'api-copies');
  };

  test('is told by its extension, and else by the package', async () => {
    // Nothing lets instrumentations see what is loaded by `import`.
    expect(await idsFor('app.cjs', { main: 'app.cjs' })).toEqual([]);
    expect(await idsFor('app.mjs', { main: 'app.mjs', type: 'commonjs' })).toEqual([
      'client-not-patched',
    ]);
  });

  test.each([
    ['dist/main', 'dist/main.js', 'commonjs', []],
    ['.', 'index.js', 'commonjs', []],
    ['dist', 'dist/index.js', 'module', ['client-not-patched']],
  ])('is told where a script names it as %s', async (named, entry, type, ids) => {
    const scripts = { start: `node --import ./telemetry.mjs ${named}` };

    expect(await idsFor(entry, { type, scripts })).toEqual(ids);
  });
});

describe('no secret is printed', () => {
  const key = ['sk', 'proj', 'abcdefghijklmnopqrstuvwxyz1234567890ABCDEFGH'].join('-');

  test.each([[[]], [['--json']]])(
    'that a start, an option or a variable brings in: %j',
    async (how) => {
      using application = new ApplicationFolder();
      application.write('telemetry.js', `throw new Error('no login with ${key}')`);

      const { stdout } = await application.doctor(
        ['--offline', '--import', './telemetry.js', ...how],
        { OTEL_SERVICE_NAME: key, OTEL_BSP_MAX_QUEUE_SIZE: key },
      );

      expect(stdout).toMatch(/no login with \[/);
      expect(stdout).toContain('OTEL_BSP_MAX_QUEUE_SIZE is');
      expect(stdout).toContain('OTEL_SERVICE_NAME');
      expect(stdout).not.toContain('abcdefgh');
    },
  );

  test('that a process leaves behind in a long text', async () => {
    using application = new ApplicationFolder();
    application.write(
      'telemetry.js',
      `process.stderr.write('${'x'.repeat(270)} ${key}'); process.exit(1);`,
    );

    const { stdout } = await application.doctor([...JSON_OFFLINE, '--import', './telemetry.js']);

    expect(stdout).toContain('start-failed');
    expect(stdout).not.toContain('sk-proj');
  });

  test('that an option of the command is mistaken for', async () => {
    using application = new ApplicationFolder();

    const { stderr, code }: Diagnosis = await application.doctor([`--${key}`]);

    expect(code).toBe(2);
    expect(stderr).not.toContain('abcdefgh');
  });
});
