// What a policy of redaction needs that is no data, and a policy that is exchanged while the process runs.
import { diag } from '@opentelemetry/api';
import {
  createRedactor,
  keyedHash,
  memoryVault,
  type RedactionFinding,
  restoreRedacted,
} from '@llm-otel/redaction';
import { describe, expect, test, vi } from 'vitest';
import { startTelemetry } from '../src/index.ts';
import { startWithSink } from './start-with-sink.ts';

const MAIL = 'ada@example.com';
const key = 'from a secret store, 16 bytes at least';

test('the hash, the vault, the engine for patterns and the listener reach the redactor', async () => {
  const vault = memoryVault();
  const findings: RedactionFinding[] = [];
  const engines: string[] = [];
  const { telemetry, sink } = await startWithSink({
    strict: true,
    redaction: {
      version: 1,
      presets: ['pii'],
      actions: { email_address: 'hash', phone_number: 'token' },
      // Refused without an engine of its own.
      patterns: [{ name: 'employee', pattern: '(?:EMP-(?:\\d+)){1,2}' }],
    },
    redactionTools: {
      hash: keyedHash({ key }),
      vault,
      patternEngine: (source, flags) => {
        engines.push(source);
        return new RegExp(source, flags);
      },
      onFinding: (finding) => findings.push(finding),
    },
  });

  telemetry
    .tracer()
    .startSpan('call', { attributes: { said: `${MAIL}, EMP-12, call +49 170 1922144` } })
    .end();
  await telemetry.shutdown();

  const said = JSON.stringify(sink.spans[0]?.attributes['said']).slice(1, -1);
  expect(said).toMatch(
    /^\[REDACTED:email_address #[a-z2-7]{12}\], \[REDACTED:employee\], call \[REDACTED:phone_number @[\w-]+\]$/,
  );
  expect(restoreRedacted(said, vault)).toContain('+49 170 1922144');
  expect(findings.map(({ kind, signal }) => `${signal} ${kind}`)).toContain('traces email_address');
  expect(engines.length).toBeGreaterThan(0);
});

describe('the key for the action hash in the environment', () => {
  const redaction = { version: 1, presets: ['pii'], actions: { email_address: 'hash' } } as const;
  const variables = { OTEL_REDACTION_HASH_KEY: key };

  async function saidWith(options: Parameters<typeof startWithSink>[0]): Promise<unknown> {
    const { telemetry, sink } = await startWithSink({ strict: true, ...options });
    telemetry
      .tracer()
      .startSpan('call', { attributes: { said: MAIL } })
      .end();
    await telemetry.shutdown();
    return sink.spans[0]?.attributes['said'];
  }

  test('gives the pseudonyms that code with that key gives', async () => {
    const inCode = createRedactor(redaction, { hash: keyedHash({ key }) });

    expect(await saidWith({ redaction, environment: variables })).toBe(inCode.redact(MAIL));
  });

  test('stands behind a hash that is given in code', async () => {
    const hash = keyedHash({ key: 'another key of sixteen bytes' });
    const options = { redaction, environment: variables, redactionTools: { hash } };

    expect(await saidWith(options)).toBe(createRedactor(redaction, { hash }).redact(MAIL));
  });

  describe('that is too short', () => {
    const tooShort = { OTEL_REDACTION_HASH_KEY: 'too-short' };

    test('is told without being shown, and where no action needs it telemetry starts', async () => {
      const warn = vi.fn<(line: string) => void>();
      diag.setLogger({ ...console, verbose: () => undefined, warn });

      expect(
        await saidWith({ strict: false, logLevel: undefined, environment: tooShort }),
      ).toBeDefined();

      const told = warn.mock.calls.filter(([line]) => line.includes('OTEL_REDACTION_HASH_KEY'));
      expect(told).toEqual([
        [
          expect.stringContaining(
            'is [redacted]: use at least 16 bytes from a secret store (ignored)',
          ),
        ],
      ]);
    });

    test('is no key for an action that needs one: telemetry does not start', async () => {
      const warn = vi.fn<(line: string) => void>();
      diag.setLogger({ ...console, verbose: () => undefined, warn });

      const telemetry = await startTelemetry({ environment: tooShort, redaction });

      expect(telemetry.enabled).toBe(false);
      expect(warn.mock.calls.join('\n')).toContain('use at least 16 bytes');
    });

    test('is thrown with strict, and not shown', async () => {
      const start = startTelemetry({ environment: tooShort, redaction, strict: true });

      await expect(start).rejects.toThrow('OTEL_REDACTION_HASH_KEY is [redacted]: use at least 16');
      await expect(start).rejects.not.toThrow('too-short');
    });
  });
});

describe('an action without its tool, or one that is none', () => {
  test.each([
    ['hash', 'redaction.actions.default is "hash": use it with .*redactionTools: { hash'],
    ['token', 'redaction.actions.default is "token": use it with .*redactionTools: { vault'],
  ] as const)(
    'the action %s keeps telemetry from starting, and the option is named',
    async (action, message) => {
      const redaction = { version: 1, actions: { default: action } } as const;

      await expect(startTelemetry({ environment: {}, redaction, strict: true })).rejects.toThrow(
        new RegExp(message),
      );
    },
  );

  test.each([
    [{ hash: key }, 'redactionTools.hash'],
    [{ vault: {} }, 'redactionTools.vault is "object": use a vault'],
    [{ patternEngine: 're2' }, 'redactionTools.patternEngine is "re2": use a function'],
    [{ onFinding: 5 }, 'redactionTools.onFinding is 5: use a function'],
    [{ key }, 'redactionTools.key'],
    ['hash', 'redactionTools is "hash"'],
  ])('%o is told', async (redactionTools, message) => {
    const start = startTelemetry({ environment: {}, redactionTools, strict: true } as never);

    await expect(start).rejects.toThrow(message);
    await expect(start).rejects.not.toThrow(key);
  });
});

describe('an update of the policy', () => {
  test('holds from the next value on, for spans and for what is told, with what the environment adds', async () => {
    const warn = vi.fn<(line: string) => void>();
    diag.setLogger({ ...console, verbose: () => undefined, warn });
    const { telemetry, sink } = await startWithSink({
      strict: true,
      redaction: { version: 1 },
      logLevel: undefined,
    });
    const span = () => {
      telemetry
        .tracer()
        .startSpan('call', { attributes: { said: MAIL } })
        .end();
      return telemetry.forceFlush();
    };
    await span();

    telemetry.updateRedaction({ version: 1, presets: ['pii'] });
    await span();
    diag.warn(`for ${MAIL}`);
    telemetry.updateRedaction(false);
    await span();
    await telemetry.shutdown();

    expect(sink.spans.map(({ attributes }) => attributes['said'])).toEqual([
      MAIL,
      '[REDACTED:email_address]',
      MAIL,
    ]);
    expect(warn.mock.calls.flat()).toContain('for [REDACTED:email_address]');
    diag.disable();
  });

  test('that cannot be used throws, and the old policy stays', async () => {
    const { telemetry, sink } = await startWithSink({
      redaction: { version: 1, presets: ['pii'] },
    });

    expect(() => telemetry.updateRedaction({ version: 1, presets: ['pi'] } as never)).toThrow(
      'redaction.presets',
    );
    telemetry
      .tracer()
      .startSpan('call', { attributes: { said: MAIL } })
      .end();
    await telemetry.shutdown();

    expect(sink.spans[0]?.attributes['said']).toBe('[REDACTED:email_address]');
  });

  test('does nothing where telemetry is off', async () => {
    const telemetry = await startTelemetry({ enabled: false });

    expect(() => telemetry.updateRedaction({ version: 1 })).not.toThrow();
  });
});
