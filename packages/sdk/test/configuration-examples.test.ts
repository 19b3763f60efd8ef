import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTelemetry } from '@llm-otel/sdk';
import { context, diag, metrics, propagation, trace } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { configurationExamples } from './configuration-examples.ts';

afterEach(() => {
  for (const signal of [trace, context, propagation, metrics, diag]) signal.disable();
});

const settings = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

test.each(configurationExamples.filter(({ language }) => language === 'sh'))(
  '$title: starts as it is written',
  async ({ text }) => {
    const directory = mkdtempSync(join(tmpdir(), 'llm-otel-example-'));
    const certificate = join(directory, 'ca.pem');
    writeFileSync(certificate, '');
    const environment = settings(text.replace('/etc/otel/ca.pem', certificate));
    const telemetry = await startTelemetry({ environment, strict: true });

    expect(telemetry.enabled).toBe(environment['OTEL_SDK_DISABLED'] === undefined);
    expect(telemetry.preset).toBe(
      telemetry.enabled ? (environment['DEPLOYMENT_ENVIRONMENT'] ?? 'development') : undefined,
    );
    await telemetry.shutdown({ timeoutMillis: 0 });
    rmSync(directory, { recursive: true });
  },
);

test.each(configurationExamples.filter(({ language }) => language === 'yaml'))(
  '$title: starts as it is written',
  async ({ text }) => {
    const directory = mkdtempSync(join(tmpdir(), 'llm-otel-example-'));
    const configFile = join(directory, 'otel.yaml');
    writeFileSync(configFile, text);
    const environment = { TOKEN: 'x' };
    const telemetry = await startTelemetry({ configFile, environment, strict: true });
    await telemetry.shutdown({ timeoutMillis: 0 });
    rmSync(directory, { recursive: true });

    expect(telemetry).toMatchObject({ enabled: true, content: 'span' });
  },
);
