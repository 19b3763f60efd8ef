import { once } from 'node:events';
import { createServer as createHttp2Server } from 'node:http2';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AddressInfo, Server } from 'node:net';
import { startOtlpSink, unreachableUrl } from '@llm-otel/testing';
import { describe, expect, test } from 'vitest';
import { ApplicationFolder, type Diagnosis } from './application-folder.ts';

// The sources, for processes of applications in folders of their own.
const SDK = import.meta.resolve('@llm-otel/sdk');
const JSON_OFFLINE = ['--offline', '--json'];
const outcome = ({ outcomes }: Diagnosis, check: string) =>
  outcomes.find((one) => one.check.includes(check));

describe('copies of the API', () => {
  // What a distribution of somebody else does: it brings its own API and registers the SDK through it.
  const REGISTER = `
    import { trace, context } from '@opentelemetry/api';
    import { TracerProvider } from '@opentelemetry/sdk-trace';
    trace.setGlobalTracerProvider(new TracerProvider());
    const { AsyncLocalStorage } = await import('node:async_hooks');
    const storage = new AsyncLocalStorage();
    context.setGlobalContextManager({
      active: () => storage.getStore() ?? ROOT,
      with: (c, fn, self, ...args) => storage.run(c, () => fn.call(self, ...args)),
      bind: (_, fn) => fn, enable() { return this; }, disable() { return this; },
    });
    const { ROOT_CONTEXT: ROOT } = await import('@opentelemetry/api');
  `;

  test('the trap of 1.9 and 1.10: found on disk, and in a process where spans really do not record', async () => {
    using application = new ApplicationFolder({
      dependencies: { '@opentelemetry/api': '^1.10.0' },
    });
    application.install('@opentelemetry/api@1.10');
    application.install('@opentelemetry/api@1.9', 'node_modules/distro');
    application.install('@opentelemetry/sdk-trace@2.12', 'node_modules/distro');
    application.stub('distro', '1.0.0', { exports: './index.js' }, REGISTER);

    const diagnosis = await application.doctor([...JSON_OFFLINE, '--import', 'distro']);

    expect(diagnosis.ids).toEqual(['api-noop-trap', 'spans-do-not-record', 'no-context-manager']);
    expect(diagnosis.findings[0]?.what).toMatch(
      /^shop is on @opentelemetry\/api 1\.10\.\d+, .* through 1\.9\.1/,
    );
    expect(diagnosis.code).toBe(1);
  });

  test('an older copy beside a newer one is heard, and still told', async () => {
    using application = new ApplicationFolder({ dependencies: { '@opentelemetry/api': '^1.9.0' } });
    application.install('@opentelemetry/api@1.9');
    application.install('@opentelemetry/api@1.10', 'node_modules/distro');
    application.install('@opentelemetry/sdk-trace@3.1', 'node_modules/distro');
    application.stub('distro', '1.0.0', { exports: './index.js' }, REGISTER);

    const { findings, ids } = await application.doctor([...JSON_OFFLINE, '--import', 'distro']);

    expect(ids).toEqual(['api-copies']);
    expect(findings[0]?.severity).toBe('warning');
  });

  test('the same trap where pnpm links packages out of its store', async () => {
    using application = new ApplicationFolder();
    const store = 'node_modules/.pnpm/distro@1.0.0';
    application.install('@opentelemetry/api@1.10', 'node_modules/.pnpm/api@1.10.0');
    application.install('@opentelemetry/api@1.9', store);
    application.install('@opentelemetry/sdk-trace@2.12', store);
    application.write(
      `${store}/node_modules/distro/package.json`,
      '{"name":"distro","version":"1.0.0","type":"module","exports":"./index.js"}',
    );
    application.write(`${store}/node_modules/distro/index.js`, REGISTER);
    application.link('distro', `${store}/node_modules/distro`);
    application.link(
      '@opentelemetry/api',
      'node_modules/.pnpm/api@1.10.0/node_modules/@opentelemetry/api',
    );

    const { ids } = await application.doctor([...JSON_OFFLINE, '--import', 'distro']);

    expect(ids).toEqual(['api-noop-trap', 'spans-do-not-record', 'no-context-manager']);
  });

  test('the trap where a library that nobody lists brings the newer copy, with a peer or without a word', async () => {
    using application = new ApplicationFolder();
    application.install('@opentelemetry/api@1.9');
    application.install('@opentelemetry/sdk-trace@2.12');
    application.stub('newlib', '1.0.0', { dependencies: { '@opentelemetry/api': '^1.10.0' } });
    application.install('@opentelemetry/api@1.10', 'node_modules/newlib');
    application.write('telemetry.js', REGISTER);
    const withTelemetry = [...JSON_OFFLINE, '--import', './telemetry.js'];

    const { findings } = await application.doctor(withTelemetry);
    application.stub('newlib', '1.0.0');
    const silent = await application.doctor(withTelemetry);

    for (const found of [findings, silent.findings]) {
      expect(found.map(({ id }) => id)).toEqual(['api-noop-trap']);
      expect(found[0]?.what).toMatch(/^newlib is on @opentelemetry\/api 1\.10\..* through 1\.9\.1/);
    }
  });

  test('the trap where a library that nobody lists registers through its older copy', async () => {
    using application = new ApplicationFolder();
    application.install('@opentelemetry/api@1.10');
    // Beside it, so that what lies on disk says nothing about who registers.
    application.install('@opentelemetry/sdk-trace@3.1');
    application.stub('distro', '1.0.0', { exports: './index.js' }, REGISTER);
    application.install('@opentelemetry/api@1.9', 'node_modules/distro');
    application.install('@opentelemetry/sdk-trace@2.12', 'node_modules/distro');

    const { ids } = await application.doctor([...JSON_OFFLINE, '--import', 'distro']);

    expect(ids).toEqual(['api-noop-trap', 'spans-do-not-record', 'no-context-manager']);
  });

  test('a library in the store of pnpm that nobody lists, and a leftover there', async () => {
    using application = new ApplicationFolder();
    const stored = (api: string): string => `node_modules/.pnpm/@opentelemetry+api@${api}.0`;
    for (const version of ['1.9', '1.10']) {
      application.install(`@opentelemetry/api@${version}`, stored(version));
    }
    const at = (version: string): string => `${stored(version)}/node_modules/@opentelemetry/api`;
    application.link('@opentelemetry/api', at('1.9'));
    expect((await application.doctor(JSON_OFFLINE)).ids).toEqual([]);

    const store = 'node_modules/.pnpm/newlib@1.0.0/node_modules';
    application.write(
      `${store}/newlib/package.json`,
      '{"name":"newlib","version":"1.0.0","dependencies":{"@opentelemetry/api":"^1.10.0"}}',
    );
    application.link(`.pnpm/newlib@1.0.0/node_modules/@opentelemetry/api`, at('1.10'));
    application.link('newlib', `${store}/newlib`);

    const { findings } = await application.doctor(JSON_OFFLINE);

    expect(findings.map(({ id }) => id)).toEqual(['api-noop-trap']);
    expect(findings[0]?.what).toMatch(/^newlib is on/);
  });

  test('a version before its release hears exactly that one, and another major version none', async () => {
    const idsFor = async (version: string): Promise<readonly string[]> => {
      using application = new ApplicationFolder();
      application.install('@opentelemetry/api@1.10');
      application.stub('lib', '1.0.0');
      application.write(
        'node_modules/lib/node_modules/@opentelemetry/api/package.json',
        JSON.stringify({ name: '@opentelemetry/api', version }),
      );
      return (await application.doctor(JSON_OFFLINE)).ids;
    };

    expect(await idsFor('1.4.0')).toEqual(['api-copies']);
    expect(await idsFor('1.10.0-rc.1')).toEqual(['api-noop-trap']);
    expect(await idsFor('0.21.0')).toEqual(['api-noop-trap']);
  });

  test('a folder inside the application belongs to it', async () => {
    using application = new ApplicationFolder();
    application.install('@opentelemetry/api@1.10');
    application.write('src/deep/main.js', '');

    const diagnosis = await application.doctor([...JSON_OFFLINE, 'src/deep']);

    expect(outcome(diagnosis, 'copies')?.skipped).toBeUndefined();
  });

  test('one copy, well registered, is nothing to tell', async () => {
    using application = new ApplicationFolder({
      scripts: { start: 'node --import ./telemetry.js app.js' },
    });
    application.install('@opentelemetry/api@1.10');
    application.install('@opentelemetry/sdk-trace@3.1');
    application.write('telemetry.js', REGISTER);

    const diagnosis = await application.doctor(JSON_OFFLINE);

    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.code).toBe(0);
    expect(outcome(diagnosis, 'registered')?.skipped).toBeUndefined();
  });
});

describe('what is registered', () => {
  const registering = (more = ''): string => `
    import { trace } from '@opentelemetry/api';
    import { TracerProvider } from '@opentelemetry/sdk-trace';
    ${more}
    trace.setGlobalTracerProvider(new TracerProvider());
  `;
  const prepared = (telemetry: string): ApplicationFolder => {
    const application = new ApplicationFolder();
    application.install('@opentelemetry/api@1.10');
    application.install('@opentelemetry/sdk-trace@3.1');
    application.install('@opentelemetry/context-async-hooks@3.1');
    application.write('telemetry.js', telemetry);
    return application;
  };
  const WITH_TELEMETRY = [...JSON_OFFLINE, '--import', './telemetry.js'];

  test('no context manager', async () => {
    using application = prepared(registering());

    expect((await application.doctor(WITH_TELEMETRY)).ids).toEqual(['no-context-manager']);
  });

  test('with a context manager all is well', async () => {
    using application = prepared(
      registering(`
        import { context } from '@opentelemetry/api';
        import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
        context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      `),
    );

    expect((await application.doctor(WITH_TELEMETRY)).ids).toEqual([]);
  });

  test('no provider at all', async () => {
    using application = prepared('');

    expect((await application.doctor(WITH_TELEMETRY)).ids).toEqual(['no-tracer-provider']);
  });

  test.each([
    [
      'telemetry.cjs',
      `const { startTelemetry } = require(${JSON.stringify(fileURLToPath(SDK))});
      module.exports = startTelemetry();`,
    ],
    [
      'telemetry.mjs',
      `import { startTelemetry } from ${JSON.stringify(SDK)};
      startTelemetry();`,
    ],
  ])('a start that is not awaited is waited for, and told: %s', async (file, source) => {
    using application = new ApplicationFolder();
    application.linkReal('@opentelemetry/api');
    application.write(file, source);

    const { findings, code } = await application.doctor([...JSON_OFFLINE, '--import', `./${file}`]);

    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['start-not-awaited', 'note'],
    ]);
    expect(code).toBe(0);
  });

  test('one that fails without anybody waiting for it, with the reason', async () => {
    using application = new ApplicationFolder();
    application.linkReal('@opentelemetry/api');
    application.write(
      'telemetry.mjs',
      `import { startTelemetry } from ${JSON.stringify(SDK)};
      startTelemetry({ sampling: 2, strict: true });`,
    );

    const { findings } = await application.doctor([...JSON_OFFLINE, '--import', './telemetry.mjs']);

    expect(findings.map(({ id }) => id)).toEqual(['no-tracer-provider']);
    expect(findings[0]?.what).toContain('sampling is 2');
  });

  test('a start that fails, with the reason', async () => {
    using application = prepared("throw new TypeError('no such option');");

    const { findings } = await application.doctor(WITH_TELEMETRY);

    expect(findings.map(({ id }) => id)).toEqual(['start-failed']);
    expect(findings[0]?.what).toContain('TypeError: no such option');
  });

  test.each(['await new Promise(() => undefined);', 'console.error("bye"); process.exit(0);'])(
    'a start after which nothing comes: %s',
    async (source) => {
      using application = prepared(source);

      const { findings } = await application.doctor(WITH_TELEMETRY);

      expect(findings.map(({ id }) => id)).toEqual(['start-failed']);
      expect(findings[0]?.what).toContain('the process ends before the application begins');
    },
  );

  test('a start that fails, without a key that the reason quotes', async () => {
    const key = ['sk', 'proj', 'a1B2'.repeat(12)].join('-');
    using application = prepared(`throw new TypeError('no such key: ${key}');`);

    const { findings } = await application.doctor(WITH_TELEMETRY);

    expect(findings[0]?.what).toContain('TypeError: no such key');
    expect(findings[0]?.what).not.toContain(key);
  });
});

describe('versions', () => {
  test('a package of ours beside a version it is not made for', async () => {
    using application = new ApplicationFolder();
    application.stub('@llm-otel/redaction', '1.0.0', {
      peerDependencies: { '@opentelemetry/api': '^1.9.0' },
    });
    application.stub('@opentelemetry/api', '1.7.0');

    const { findings } = await application.doctor(JSON_OFFLINE);

    expect(findings[0]).toMatchObject({
      id: 'version-out-of-range',
      what: '@llm-otel/redaction is made for @opentelemetry/api ^1.9.0, and 1.7.0 is installed',
    });
  });

  test('a client that is newer than what observes it knows', async () => {
    using application = new ApplicationFolder({
      dependencies: { openai: '^7.0.0', '@opentelemetry/instrumentation-openai': '^0.22.0' },
    });
    application.stub('openai', '7.55.0');
    application.stub('@opentelemetry/instrumentation-openai', '0.22.0');

    expect((await application.doctor(JSON_OFFLINE)).ids).toEqual(['client-out-of-range']);
  });
});

describe('who observes a client', () => {
  test('two packages, or one beside the own spans of the client', async () => {
    using application = new ApplicationFolder({
      dependencies: {
        openai: '*',
        '@anthropic-ai/sdk': '*',
        '@arizeai/openinference-instrumentation-openai': '*',
        '@langfuse/openai': '*',
        '@traceloop/instrumentation-anthropic': '*',
      },
    });
    application.stub('openai', '6.49.0');
    application.stub('@anthropic-ai/sdk', '1.11.0');

    const { findings } = await application.doctor(JSON_OFFLINE);

    expect(findings.map(({ id }) => id)).toEqual([
      'double-instrumentation',
      'double-instrumentation',
    ]);
    expect(findings[0]?.what).toContain(
      '@arizeai/openinference-instrumentation-openai and by @langfuse/openai',
    );
    expect(findings[1]?.what).toContain('@anthropic-ai/sdk itself (since 0.134.0)');
  });

  test('one that completes the own spans of the client is no second one', async () => {
    using application = new ApplicationFolder({
      dependencies: { '@anthropic-ai/sdk': '*', '@llm-otel/instrumentation-anthropic': '*' },
    });
    application.stub('@anthropic-ai/sdk', '1.14.0');

    expect((await application.doctor(JSON_OFFLINE)).ids).toEqual([]);
  });

  test('a client before its instrumentation, and in the file that starts telemetry', async () => {
    using application = new ApplicationFolder({
      // What a compiler makes of it runs in this order.
      type: 'commonjs',
      dependencies: { openai: '*', '@opentelemetry/instrumentation-openai': '*' },
      scripts: { start: 'node main.js' },
    });
    application.stub('openai', '6.49.0');
    const idsWith = async (
      source: string,
      args: readonly string[] = [],
    ): Promise<readonly string[]> => {
      application.write('main.js', source);
      return (await application.doctor([...JSON_OFFLINE, ...args])).ids;
    };

    expect(await idsWith("import OpenAI from 'openai';\nimport './telemetry.js';")).toEqual([
      'late-instrumentation',
    ]);
    expect(await idsWith("import './telemetry.js';\nimport OpenAI from 'openai';")).toEqual([]);
    expect(
      await idsWith(
        "import { startTelemetry } from '@llm-otel/sdk';\nimport OpenAI from 'openai';\nawait startTelemetry();",
      ),
    ).toEqual(['late-instrumentation']);
    expect(
      await idsWith("// import OpenAI from 'openai';\n/* require('openai') */\nimport './app.js';"),
    ).toEqual([]);
    expect(await idsWith("const { OpenAI } = require('openai');\nrequire('./tracing');")).toEqual([
      'late-instrumentation',
    ]);
    expect(await idsWith('', ['--entry', 'none.js'])).toEqual([]);
    // As bundles and short programs are written.
    expect(await idsWith('import a from"openai";import{t}from"./telemetry.js";')).toEqual([
      'late-instrumentation',
    ]);
    expect(await idsWith('import{t}from"./telemetry.js";import a from"openai";')).toEqual([]);
    expect(
      await idsWith(
        "const { default: OpenAI } = await import('openai');\nawait import('./telemetry.js');",
      ),
    ).toEqual(['late-instrumentation']);
    expect(
      await idsWith(
        "const lazy = async () => {\n  const { OpenAI } = await import('openai');\n};\nimport './telemetry.js';",
      ),
    ).toEqual([]);
    // No telemetry, whatever it has in its name.
    expect(await idsWith("import './hotel-search.js';\nimport OpenAI from 'openai';")).toEqual([
      'late-instrumentation',
    ]);
    expect(await idsWith("import './initOtel.js';\nimport OpenAI from 'openai';")).toEqual([]);
  });

  test('a client behind a name that the manifest has for a file', async () => {
    using application = new ApplicationFolder({
      dependencies: { openai: '*', '@opentelemetry/instrumentation-openai': '*' },
      imports: { '#app': { types: './app.d.ts', default: './src/app.js' } },
      main: './main.js',
    });
    application.stub('openai', '6.49.0');
    application.write('main.js', "import '#app';\nimport './telemetry.js';");
    application.write('src/app.js', "import OpenAI from 'openai';");

    expect((await application.doctor(JSON_OFFLINE)).ids).toContain('late-instrumentation');
  });

  describe('a client in a package', () => {
    const TELEMETRY =
      "import { startTelemetry } from '@llm-otel/sdk';\nawait startTelemetry({ instrumentations: [] });";
    const withEntry = (source: string): ApplicationFolder => {
      const application = new ApplicationFolder({
        type: 'commonjs',
        dependencies: { openai: '*', '@opentelemetry/instrumentation-openai': '*' },
        main: './main.js',
      });
      application.stub('openai', '6.49.0');
      application.write('main.js', source);
      application.write('telemetry.js', TELEMETRY);
      return application;
    };
    const ORDER = 'the order of imports';

    test('of the workspace, linked to where it lies', async () => {
      using application = withEntry("import { ask } from 'our-llm';\nimport './telemetry.js';");
      application.write(
        'packages/our-llm/package.json',
        '{"name":"our-llm","exports":{"source":"./none.ts","import":{"types":"./a.d.ts","default":"./src/index.ts"}},"dependencies":{"openai":"*"}}',
      );
      application.write('packages/our-llm/src/index.ts', "export { ask } from './ask.ts';");
      application.write('packages/our-llm/src/ask.ts', "import OpenAI from 'openai';");
      application.link('our-llm', 'packages/our-llm');

      const { findings } = await application.doctor(JSON_OFFLINE);

      expect(findings.map(({ id }) => id)).toEqual(['late-instrumentation']);
      expect(findings[0]?.what).toMatch(
        /packages\/our-llm\/src\/ask\.ts \(through .*main\.js\) loads openai before/,
      );
    });

    test('that depends on one that depends on a client, by a path of its own and by main', async () => {
      using application = withEntry("import 'chain/tools/search';\nimport './telemetry.js';");
      application.stub('chain', '1.0.0', {
        exports: { './tools/*': './dist/*.js' },
        dependencies: { models: '*' },
      });
      application.write('node_modules/chain/dist/search.js', "import 'models';");
      application.stub('models', '1.0.0', {
        type: 'commonjs',
        main: 'lib',
        peerDependencies: { openai: '*', chain: '*' },
      });
      application.write('node_modules/models/lib/index.js', "const o = require('openai');");

      expect((await application.doctor(JSON_OFFLINE)).ids).toEqual(['late-instrumentation']);
    });

    test('that is loaded behind telemetry, or depends on no client, is nothing to tell', async () => {
      using application = withEntry("import 'web';\nimport './telemetry.js';\nimport 'our-llm';");
      application.stub('web', '1.0.0', { dependencies: { missing: '*' } }, "import 'missing';");
      application.stub('our-llm', '1.0.0', { dependencies: { openai: '*' } }, "import 'openai';");

      const diagnosis = await application.doctor(JSON_OFFLINE);

      expect(diagnosis.ids).toEqual([]);
      expect(outcome(diagnosis, ORDER)?.skipped).toBeUndefined();
    });

    test.each(['@/llm', './not-built.js', '#src/llm', 'our-llm'])(
      'that cannot be followed through %s is said, unless telemetry is first',
      async (specifier) => {
        using application = withEntry(`import '${specifier}';\nimport './telemetry.js';`);
        application.stub('our-llm', '1.0.0', {
          exports: './dist/index.js',
          dependencies: { openai: '*' },
        });

        const diagnosis = await application.doctor(JSON_OFFLINE);
        application.write('main.js', `import './telemetry.js';\nimport '${specifier}';`);
        const behind = await application.doctor(JSON_OFFLINE);

        expect(diagnosis.ids).toEqual([]);
        expect(outcome(diagnosis, ORDER)?.skipped).toContain(`main.js loads ${specifier}, and`);
        expect(outcome(behind, ORDER)).toEqual({ check: ORDER, findings: [] });
      },
    );
  });

  test('a client that another file of the application loads first, however far away', async () => {
    using application = new ApplicationFolder({
      type: 'commonjs',
      dependencies: { openai: '*', '@opentelemetry/instrumentation-openai': '*' },
      scripts: { start: 'node main.js' },
    });
    application.stub('openai', '6.49.0');
    const START = "import { startTelemetry } from '@llm-otel/sdk';\nawait startTelemetry();";
    const findingsWith = async (
      files: Readonly<Record<string, string>>,
    ): Promise<readonly string[]> => {
      for (const [path, source] of Object.entries({ 'telemetry.js': START, ...files })) {
        application.write(path, source);
      }
      const { findings } = await application.doctor(JSON_OFFLINE);
      return findings.map(({ id, what }) => `${id}: ${what.replaceAll(application.root, '')}`);
    };
    const APP = {
      'src/app.ts': "export { ask } from './models';",
      'src/models/index.mts': "import OpenAI from 'openai/client';",
    };

    expect(
      await findingsWith({ ...APP, 'main.js': "import './src/app.js';\nimport './telemetry.js';" }),
    ).toEqual([
      'late-instrumentation: /src/models/index.mts (through /main.js) loads openai/client before anything that starts telemetry',
    ]);
    expect(
      await findingsWith({ ...APP, 'main.js': "import './telemetry.js';\nimport './src/app.js';" }),
    ).toEqual([]);
    // The first file starts telemetry, but not before what it imports is loaded.
    expect(
      await findingsWith({ ...APP, 'main.js': `import './src/app.js';\n${START}` }),
    ).toHaveLength(1);
    expect(
      await findingsWith({ ...APP, 'main.js': `${START}\nawait import('./src/app.js');` }),
    ).toEqual([]);
    // The module that starts telemetry loads the client itself.
    expect(
      await findingsWith({
        'main.js': "import './telemetry.js';",
        'telemetry.js': `import OpenAI from 'openai';\n${START}`,
      }),
    ).toEqual([
      'late-instrumentation: /telemetry.js (through /main.js) imports openai and starts telemetry in the same file',
    ]);
    // A file that is named after it starts it in a way that is not known here.
    expect(
      await findingsWith({
        'main.js': "import './tracing.js';\nimport 'openai';",
        'tracing.js': "import 'some-vendor/init';",
      }),
    ).toEqual([]);
    // Types are gone before anything runs, and files may import each other.
    expect(
      await findingsWith({
        'main.js': "import './a.js';\nimport type OpenAI from 'openai';",
        'a.js': "import './main.js';\nexport type { Chat } from 'openai';",
      }),
    ).toEqual([]);
    expect(
      await findingsWith({
        'main.js': "require('./telemetry.js');\nstartTelemetry();\nrequire('openai');",
        'telemetry.js': '',
      }),
    ).toEqual([]);
  });

  test('what is loaded with --import is early enough', async () => {
    using application = new ApplicationFolder({
      dependencies: { openai: '*', '@opentelemetry/instrumentation-openai': '*' },
      scripts: { start: 'node --import ./telemetry.js main.js' },
    });
    application.write('main.js', "import OpenAI from 'openai';");
    application.write('telemetry.js', '');

    expect((await application.doctor(JSON_OFFLINE)).ids).not.toContain('late-instrumentation');
  });
});

describe('what patches a client while it is loaded, and when', () => {
  const START = `
    import { registerInstrumentations } from '@opentelemetry/instrumentation';
    import { OpenAiInstrumentation } from '@llm-otel/instrumentation-openai/instrumentation';
    registerInstrumentations({ instrumentations: [new OpenAiInstrumentation()] });
  `;
  const lateWith = async (
    installed: readonly string[],
    files: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<readonly string[]> => {
    using application = new ApplicationFolder({
      main: 'main.js',
      dependencies: Object.fromEntries(['openai', ...installed].map((name) => [name, '*'])),
    });
    for (const [path, source] of Object.entries(files)) application.write(path, source);
    const { findings } = await application.doctor([...JSON_OFFLINE, ...args]);
    return findings.flatMap(({ id, why }) => (id === 'late-instrumentation' ? [why] : []));
  };
  const OURS = ['@llm-otel/sdk', '@llm-otel/instrumentation-openai'];
  const PATCHING = '@opentelemetry/instrumentation-openai';
  const APP = { 'main.js': "import OpenAI from 'openai';" };

  test('what --import names is early, whatever the entry loads first', async () => {
    for (const preload of ['@llm-otel/sdk/register', './tel.js']) {
      const files = { ...APP, 'tel.js': START };
      expect(await lateWith([...OURS, PATCHING], files, ['--import', preload])).toEqual([]);
      const entry = ['--import', preload, '--entry', './main.js'];
      expect(await lateWith([...OURS, PATCHING], files, entry)).toEqual([]);
    }
  });

  test('unless it loads the client before telemetry itself', async () => {
    const files = { 'tel.js': START, 'app.js': "import 'openai';\nimport './tel.js';" };
    for (const flag of ['--import', '--entry'])
      expect(await lateWith(OURS, files, [flag, './app.js'])).toHaveLength(1);
    expect(await lateWith([PATCHING], files, ['--import', './app.js'])).toHaveLength(1);
    // It is loaded first, and is no telemetry.
    expect(await lateWith([PATCHING], APP, ['--import', 'dotenv/config'])).toHaveLength(1);
    expect(
      await lateWith(OURS, { 'main.js': "import 'openai';\nimport '@llm-otel/sdk/register';" }),
    ).toHaveLength(1);
    expect(
      await lateWith(OURS, {
        'main.js': "import '@llm-otel/sdk/register';\nawait import('openai');",
      }),
    ).toEqual([]);
    expect(
      await lateWith(
        OURS,
        {
          'main.cjs': `const OpenAI = require('openai');\nconst { OpenAiInstrumentation } = require('@llm-otel/instrumentation-openai/instrumentation');\nregisterInstrumentations({ instrumentations: [new OpenAiInstrumentation()] });`,
        },
        ['--entry', 'main.cjs'],
      ),
    ).toHaveLength(1);
  });

  test('ours that wraps a client patches nothing, and what patches others says nothing of this one', async () => {
    const wrapping =
      "import OpenAI from 'openai';\nimport { instrument } from '@llm-otel/instrumentation-openai';";
    expect(await lateWith(OURS, { 'main.js': wrapping })).toEqual([]);
    expect(await lateWith(['@opentelemetry/instrumentation-express'], APP)).toEqual([]);
    expect(await lateWith(['@traceloop/instrumentation-anthropic'], APP)).toEqual([]);
  });

  test.each([
    [PATCHING, ['@opentelemetry/instrumentation-express']],
    ['@traceloop/instrumentation-openai', []],
    ['@traceloop/node-server-sdk', []],
    ['@opentelemetry/auto-instrumentations-node', ['@opentelemetry/instrumentation-express']],
  ])('is told by its name: %s', async (name, others) => {
    const [why, ...more] = await lateWith([...others, name], APP);

    expect(more).toEqual([]);
    expect(why).toContain(`${name} can only patch openai`);
  });
});

describe('a client that is patched while it is loaded', () => {
  const telemetry = `
    import { trace, context } from '@opentelemetry/api';
    import { TracerProvider } from '@opentelemetry/sdk-trace';
    import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
    trace.setGlobalTracerProvider(new TracerProvider());
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  `;
  // What an instrumentation does to a client: it marks the function that it puts in the place of another.
  const patch = `
    const { OpenAI } = await import('openai');
    OpenAI.Chat.prototype.create = Object.assign(() => undefined, { __wrapped: true });
  `;
  const idsWith = async (type: string, source: string): Promise<readonly string[]> => {
    using application = new ApplicationFolder({
      type,
      dependencies: { openai: '*', '@opentelemetry/instrumentation-openai': '*' },
    });
    application.install('@opentelemetry/api@1.10');
    application.install('@opentelemetry/sdk-trace@3.1');
    application.install('@opentelemetry/context-async-hooks@3.1');
    application.stub(
      'openai',
      '6.49.0',
      {},
      'export class OpenAI {}; OpenAI.Chat = class { create() {} };',
    );
    application.write('telemetry.mjs', source);
    return (await application.doctor([...JSON_OFFLINE, '--import', './telemetry.mjs'])).ids;
  };

  test.each(['module', 'commonjs'])(
    'is loaded as the application does, a %s, and looked at',
    async (type) => {
      expect(await idsWith(type, telemetry)).toEqual(['client-not-patched']);
      expect(await idsWith(type, telemetry + patch)).toEqual([]);
    },
  );
});

describe('an instrumentation of ours that patches a client', () => {
  const here = createRequire(import.meta.resolve('@llm-otel/instrumentation-openai'));
  const hook = pathToFileURL(here.resolve('@opentelemetry/instrumentation/hook.mjs')).href;
  const REAL = ['@opentelemetry/api', 'openai', '@llm-otel/instrumentation-openai'];
  // Our packages are developed with several copies of the API.
  const withoutCopies = ({ ids }: Diagnosis) => ids.filter((id) => id !== 'api-copies');
  const withHook = `import { register } from 'node:module'; register(${JSON.stringify(hook)});`;
  const telemetry = `
    import { OpenAiInstrumentation } from '@llm-otel/instrumentation-openai/instrumentation';
    new OpenAiInstrumentation();
    const { startTelemetry } = await import(${JSON.stringify(SDK)});
    await startTelemetry();
  `;

  test.each([
    ['module', '', ['client-not-patched']],
    ['module', withHook, []],
    ['commonjs', '', []],
  ])('is loaded as a %s, after %j', async (type, first, ids) => {
    using application = new ApplicationFolder({
      type,
      dependencies: { openai: '*', '@llm-otel/instrumentation-openai': '*' },
    });
    application.linkReal(...REAL);
    application.write('telemetry.mjs', first + telemetry);

    const diagnosis = await application.doctor([...JSON_OFFLINE, '--import', './telemetry.mjs']);

    expect(withoutCopies(diagnosis)).toEqual(ids);
  });

  test('that wraps it need not patch it', async () => {
    using application = new ApplicationFolder({
      dependencies: { openai: '*', '@llm-otel/instrumentation-openai': '*' },
    });
    application.linkReal(...REAL);
    application.write(
      'telemetry.mjs',
      `import { startTelemetry } from ${JSON.stringify(SDK)}; await startTelemetry();`,
    );

    const diagnosis = await application.doctor([...JSON_OFFLINE, '--import', './telemetry.mjs']);

    expect(withoutCopies(diagnosis)).toEqual([]);
  });
});

describe('environment variables', () => {
  test.each<[string[], Record<string, string>]>([
    [['invalid-variable'], { OTEL_BSP_MAX_QUEUE_SIZE: 'many' }],
    [['invalid-variable'], { OTEL_REDACTION_HASH_KEY: 'too-short' }],
    [['unknown-variable'], { OTEL_TRACES_SAMPLR: 'always_on' }],
    [['unknown-variable'], { OTEL_EXPORTER_OTLP_ENDPIONT: 'http://127.0.0.1:4318' }],
    [['variable-not-read'], { OTEL_METRICS_EXEMPLAR_FILTER: 'always_on' }],
    [[], { OTEL_PYTHON_LOG_LEVEL: 'info', OTEL_GO_X_EXEMPLAR: 'true' }],
    [['disabled'], { OTEL_SDK_DISABLED: 'true' }],
    [['value-length-limit'], { OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1000' }],
    [['value-length-limit'], { OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT: '1000' }],
    [['attribute-count-limit'], { OTEL_ATTRIBUTE_COUNT_LIMIT: '16' }],
    [[], { OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '128' }],
    [['redaction-off'], { OTEL_REDACTION_ENABLED: 'false', NODE_ENV: 'production' }],
    [
      ['redaction-off'],
      {
        OTEL_REDACTION_ENABLED: 'false',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=production',
      },
    ],
    [
      ['redaction-off'],
      {
        OTEL_REDACTION_ENABLED: 'false',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production',
      },
    ],
    [[], { OTEL_REDACTION_ENABLED: 'false', NODE_ENV: 'development' }],
  ])('%j for %j', async (ids, environment) => {
    using application = new ApplicationFolder();

    const diagnosis = await application.doctor(JSON_OFFLINE, environment);

    expect(diagnosis.ids).toEqual(ids);
    // A note alone is no failure.
    const notes = new Set(['disabled', 'variable-not-read']);
    expect(diagnosis.code).toBe(ids.some((id) => !notes.has(id)) ? 1 : 0);
  });
});

describe('the receiver', () => {
  async function idsAt(url: string, more: Record<string, string> = {}): Promise<readonly string[]> {
    using application = new ApplicationFolder();
    return (await application.doctor(['--json'], { OTEL_EXPORTER_OTLP_ENDPOINT: url, ...more }))
      .ids;
  }
  async function listening(server: Server): Promise<{ readonly url: string } & AsyncDisposable> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
      url,
      [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())),
    };
  }
  const answering = (status: number, headers: Record<string, string> = {}, body = '') =>
    createServer({ keepAlive: false }, (_, response) => {
      response.writeHead(status, { connection: 'close', ...headers }).end(body);
    });

  test('a receiver of OTLP over HTTP is fine, and sees no span', async () => {
    await using sink = await startOtlpSink();

    expect(await idsAt(sink.url)).toEqual([]);
    expect(sink.spans).toEqual([]);
    expect(sink.errors).toEqual([]);
  });

  test('nobody there', async () => {
    expect(await idsAt(await unreachableUrl())).toEqual(['endpoint-unreachable']);
  });

  test('a receiver of gRPC', async () => {
    await using server = await listening(
      createHttp2Server().on('stream', (stream) =>
        stream.respond({ ':status': 200, 'grpc-status': '0' }, { endStream: true }),
      ),
    );

    expect(await idsAt(server.url)).toEqual(['wrong-protocol']);
    expect(await idsAt(server.url, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toEqual([]);
  });

  test('a receiver of HTTP where gRPC is asked for', async () => {
    await using sink = await startOtlpSink();

    expect(await idsAt(sink.url, { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toEqual([
      'wrong-protocol',
    ]);
  });

  test.each([
    [404, 'wrong-endpoint'],
    [405, 'wrong-endpoint'],
    [401, 'endpoint-unauthorized'],
    [403, 'endpoint-unauthorized'],
    [415, 'wrong-protocol'],
    [503, 'endpoint-unhealthy'],
  ])('an answer of %i', async (status, id) => {
    await using server = await listening(answering(status));

    expect(await idsAt(server.url)).toEqual([id]);
  });

  test('a web page', async () => {
    await using server = await listening(answering(200, { 'content-type': 'text/html' }));

    expect(await idsAt(server.url)).toEqual(['wrong-endpoint']);
  });

  test.each([
    ['text/plain; charset=utf-8', 'Prometheus is up', 'Prometheus is up'],
    ['application/json', '"up"', '"up"'],
    ['application/x-protobuf', 'ok', 'ok'],
  ])('an answer of %s that is none of OTLP: %s', async (type, body, shown) => {
    await using server = await listening(answering(200, { 'content-type': type }, body));
    using application = new ApplicationFolder();

    const { findings } = await application.doctor(['--json'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
    });

    expect(findings.map(({ id }) => id)).toEqual(['wrong-endpoint']);
    expect(findings[0]?.what).toContain(`${type}) with what is no answer of OTLP: “${shown}”`);
  });

  test.each([
    ['application/json', '{}'],
    ['application/json', '{"partialSuccess":{}}'],
    ['application/x-protobuf', ''],
    ['text/plain', ''],
    ['', '{}'],
  ])('an answer of %j that says nothing is fine: %j', async (type, body) => {
    const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
    await using server = await listening(answering(200, headers, body));

    expect(await idsAt(server.url)).toEqual([]);
  });

  test('a partial success of an empty request, over HTTP and gRPC', async () => {
    const partial = '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"no such tenant"}}';
    await using http = await listening(
      answering(200, { 'content-type': 'application/json' }, partial),
    );
    const message = Buffer.from('no such tenant');
    const field = Buffer.from([0x0a, message.length + 2, 0x12, message.length, ...message]);
    await using grpc = await listening(
      createHttp2Server().on('stream', (stream) => {
        stream.respond(
          { ':status': 200, 'content-type': 'application/grpc' },
          { waitForTrailers: true },
        );
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
        stream.end(Buffer.concat([Buffer.from([0, 0, 0, 0, field.length]), field]));
      }),
    );
    using application = new ApplicationFolder();

    for (const more of [
      { OTEL_EXPORTER_OTLP_ENDPOINT: http.url },
      { OTEL_EXPORTER_OTLP_ENDPOINT: grpc.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    ]) {
      const { findings } = await application.doctor(['--json'], more);
      expect(findings.map(({ id }) => id)).toEqual(['partial-success']);
      expect(findings[0]?.what).toMatch(/partial success: “no such tenant”$/);
    }
  });

  test('a clock that is wrong, here or there', async () => {
    const date = new Date(Date.now() - 600_000).toUTCString();
    await using server = await listening(answering(200, { date }));
    using application = new ApplicationFolder();

    const { findings } = await application.doctor(['--json'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: server.url,
    });

    expect(findings.map(({ id }) => id)).toEqual(['clock-skew']);
    expect(findings[0]?.what).toMatch(/^the clock here is (599|600|601) s ahead of/);
  });

  test('no TLS where TLS is expected', async () => {
    await using server = await listening(answering(200));

    expect(await idsAt(server.url.replace('http:', 'https:'))).toEqual(['endpoint-tls']);
  });

  test('a key in the address is not printed', async () => {
    const url = new URL(await unreachableUrl());
    url.search = '?key=pass-word';
    using application = new ApplicationFolder();

    const { stdout } = await application.doctor([], { OTEL_EXPORTER_OTLP_ENDPOINT: url.href });
    url.username = 'user';
    url.password = 'pass-word';
    const named = await application.doctor([], { OTEL_EXPORTER_OTLP_ENDPOINT: url.href });

    expect(stdout).toContain('endpoint-unreachable');
    // With which telemetry does not start.
    expect(named.stdout).toMatch(
      /error {4}OTEL_EXPORTER_OTLP_ENDPOINT is \[redacted\]: use a URL without a user name and password, .*\[invalid-variable\]/,
    );
    expect(named.stdout).toContain('skipped  the receiver: no address can be used');
    expect(stdout + named.stdout).not.toContain('pass-word');
  });

  test('of metrics and of logs is asked, too, each where it is', async () => {
    await using sink = await startOtlpSink();
    const nobody = await unreachableUrl();

    for (const more of [
      { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${nobody}/v1/metrics` },
      { OTEL_LOGS_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${nobody}/v1/logs` },
      {
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${nobody}/v1/metrics`,
      },
    ])
      expect(await idsAt(sink.url, more)).toEqual(['endpoint-unreachable']);
    expect(
      await idsAt(sink.url, {
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${nobody}/v1/metrics`,
        OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${nobody}/v1/logs`,
      }),
    ).toEqual([]);
    const all = { OTEL_METRICS_EXPORTER: 'otlp', OTEL_LOGS_EXPORTER: 'otlp' };
    expect(await idsAt(sink.url, all)).toEqual([]);
    // One that nobody answers at is one finding, whatever is sent there.
    expect(await idsAt(nobody, all)).toEqual(['endpoint-unreachable']);
  });

  test('of metrics is asked where they are on by default, as in the application', async () => {
    // A receiver of traces only, as some are.
    const asked: (string | undefined)[] = [];
    await using server = await listening(
      createServer({ keepAlive: false }, ({ url }, response) => {
        asked.push(url);
        response.writeHead(url === '/v1/traces' ? 200 : 404, { connection: 'close' }).end();
      }),
    );
    using application = new ApplicationFolder();
    application.link('@llm-otel/sdk', 'sdk');
    application.write('sdk/package.json', '{"name":"@llm-otel/sdk","version":"1.0.0"}');
    const at = { OTEL_EXPORTER_OTLP_ENDPOINT: server.url };
    const doctor = (more: Record<string, string> = {}) =>
      application.doctor(['--json'], { ...at, ...more });

    const withoutPackage = await doctor();
    application.stub('@opentelemetry/sdk-metrics', '2.12.0');
    const byDefault = await doctor();
    const off = await doctor({ OTEL_METRICS_EXPORTER: 'none' });
    asked.length = 0;
    const disabled = await doctor({ OTEL_SDK_DISABLED: 'true' });
    const inTests = await application.doctor(['--json'], { NODE_ENV: 'test' });

    expect(withoutPackage.ids).toEqual([]);
    expect(off.ids).toEqual([]);
    const found = byDefault.findings.find(({ id }) => id === 'wrong-endpoint');
    expect(found?.what).toBe(
      `${server.url}/v1/metrics answers 404, which no receiver of OTLP does`,
    );
    expect(found?.fix).toContain('OTEL_METRICS_EXPORTER=none, or the option metrics: false');
    expect(disabled.outcomes.find(({ check }) => check === 'the receiver')?.skipped).toBe(
      'telemetry is switched off',
    );
    // Of the preset for tests: nothing is sent to a receiver that nobody has named.
    expect(inTests.outcomes.find(({ check }) => check === 'the receiver')?.skipped).toMatch(
      /^in tests nothing is sent/,
    );
    expect(asked).toEqual([]);
  });

  test('that the started telemetry sends metrics and logs to is asked', async () => {
    await using sink = await startOtlpSink();
    const nobody = await unreachableUrl();
    using application = new ApplicationFolder();
    application.linkReal('@opentelemetry/api');
    application.write(
      'telemetry.mjs',
      `import { startTelemetry } from ${JSON.stringify(SDK)};
      await startTelemetry({ logs: true, metrics: {} });`,
    );
    const idsFor = async (more: Record<string, string>): Promise<readonly string[]> =>
      (
        await application.doctor(['--json', '--import', './telemetry.mjs'], {
          OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
          ...more,
        })
      ).ids;

    expect(await idsFor({})).toEqual([]);
    expect(await idsFor({ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${nobody}/v1/logs` })).toEqual([
      'endpoint-unreachable',
    ]);
    expect(await idsFor({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${nobody}/v1/metrics` })).toEqual([
      'endpoint-unreachable',
    ]);
  });

  test('is not asked where spans go elsewhere', async () => {
    expect(await idsAt('http://127.0.0.1:1', { OTEL_TRACES_EXPORTER: 'console' })).toEqual([]);
  });
});

describe('the command', () => {
  test('tells a person what, why and how to fix it, and what it could not look at', async () => {
    using application = new ApplicationFolder();

    const { stdout, code } = await application.doctor(['--offline'], {
      OTEL_SPAN_COUNT: '',
      NODE_ENV: 'production',
      OTEL_REDACTION_ENABLED: 'false',
    });

    expect(stdout).toMatch(
      /^error {4}OTEL_REDACTION_ENABLED=false in production \[redaction-off\]\n {9}why: .+\n {9}fix: .+\n/,
    );
    expect(stdout).toContain(
      'skipped  copies of the OpenTelemetry API: @opentelemetry/api is not installed',
    );
    expect(stdout).toContain('skipped  the receiver: --offline was given');
    expect(stdout).toContain('ok       clients observed twice');
    expect(stdout.endsWith('\n1 error, 0 warnings, 0 notes\n')).toBe(true);
    expect(code).toBe(1);
  });

  test('has help, and refuses what it does not know', async () => {
    using application = new ApplicationFolder();

    expect(await application.doctor(['--help'])).toMatchObject({ code: 0, stderr: '' });
    expect((await application.doctor(['--help'])).stdout).toContain('--import MODULE');
    expect(await application.doctor(['--nonsense'])).toMatchObject({ code: 2, stdout: '' });
    expect((await application.doctor(['a', 'b'])).stderr).toContain('give one folder');
  });

  test('every finding says what, why and how to fix it', async () => {
    using application = new ApplicationFolder();
    const { findings } = await application.doctor(['--json'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: await unreachableUrl(),
      OTEL_REDACTION_ENABLED: 'false',
      NODE_ENV: 'production',
      OTEL_BSP_MAX_QUEUE_SIZE: 'x',
    });

    expect(findings).toHaveLength(3);
    for (const { what, why, fix } of findings) {
      for (const text of [what, why, fix]) expect(text.length).toBeGreaterThan(20);
    }
  });
});
